/** @jsxImportSource hono/jsx */
/** A forgotten password: who it is, and how it shall be sent. Posts `username` (or an e-mail address) and `way`. */

import type { PhraseValues } from '@gatehouse/core/phrase.ts'
import type { RecoveryWay } from '@gatehouse/core/recovery_policy.ts'
import { type Words, wordsOf } from './catalogue.ts'
import { CaptchaSlot, Field, Form, NoticeBox, type Tone } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'
import { RECOVERY_CATALOGUES, type RecoveryCatalogue } from './recovery_words.ts'

export type RecoveryNotice = { code: keyof RecoveryCatalogue['notices']; values?: PhraseValues }

export type RecoverProps = PageProps &
  FormProps & {
    /** The first is proposed; none: it is not recovered here. */
    ways: readonly RecoveryWay[]
    chosen?: RecoveryWay
    username?: string
    loginHref: string
    /** Where a forgotten user name is sent from; absent: it is not. */
    userNameHref?: string
    notice?: RecoveryNotice
    problem?: Problem
  }

export function renderRecover(props: RecoverProps): string {
  const words = wordsOf(props.locale)
  const { ask } = RECOVERY_CATALOGUES[props.locale]
  const { ways, problem, loginHref, userNameHref } = props
  const chosen = props.chosen ?? ways[0]
  return renderFrame({
    page: props,
    words,
    title: ask.title,
    failed: problem !== undefined,
    children: (
      <>
        <h1>{ask.title}</h1>
        <RecoveryNoticeArea words={words} notice={props.notice} />
        {ways.length === 0 ? (
          <p>{ask.off}</p>
        ) : (
          <>
            <p class="lead">{ask.intro}</p>
            <Form form={props}>
              <Field
                words={words}
                name="username"
                label={ask.field}
                autocomplete="username"
                ltr
                value={props.username}
                problem={problem}
                autofocus
                maxlength={320}
              />
              {ways.length === 1 ? (
                <input type="hidden" name="way" value={chosen} />
              ) : (
                <fieldset class="choices">
                  <legend>{ask.how}</legend>
                  {ways.map((way) => (
                    <div class="tick">
                      <input type="radio" id={`way-${way}`} name="way" value={way} checked={way === chosen} />
                      <label for={`way-${way}`}>{ask.ways[way]}</label>
                    </div>
                  ))}
                </fieldset>
              )}
              <CaptchaSlot form={props} />
              <button class="button button-primary" type="submit">
                {ask.submit}
              </button>
            </Form>
          </>
        )}
        <div class="aside">
          {userNameHref === undefined ? null : (
            <p>
              <a href={userNameHref}>{ask.forgotName}</a>
            </p>
          )}
          <p>
            <a href={loginHref}>{ask.back}</a>
          </p>
        </div>
      </>
    ),
  })
}

const TONES: Readonly<Record<RecoveryNotice['code'], Tone>> = {
  sent: 'info',
  wait: 'info',
  waitSeconds: 'info',
  enough: 'error',
  expired: 'error',
  changed: 'error',
  locked: 'error',
}

export function RecoveryNoticeArea({ words, notice }: { words: Words; notice: RecoveryNotice | undefined }) {
  if (notice === undefined) return null
  return <NoticeBox tone={TONES[notice.code]}>{words.say(RECOVERY_CATALOGUES[words.locale].notices[notice.code], notice.values)}</NoticeBox>
}
