/** @jsxImportSource hono/jsx */
/** The page that waits for a link to be opened, in the browser that asked for it. Posts `otp`, the code that another browser shows, or `action` = `resend`. */
import { wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES } from './factor_words.ts'
import { FIRST_CATALOGUES } from './first_words.ts'
import { CaptchaSlot, Field, Form, NoticeBox } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { type FactorNotice, Resend } from './mfa.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'

/** The others: after the button, what is known of the link. */
export type LinkNotice = FactorNotice | { code: 'notYet' | 'typeIt' }

export type MagicLinkProps = PageProps &
  FormProps & {
    username: string
    switchUserHref: string
    othersHref?: string
    /** By GET: looks whether the link was opened. */
    openedHref: string
    /** The same for the script. */
    stateHref: string
    notice?: LinkNotice
    problem?: Problem
  }

const QUIET: readonly LinkNotice['code'][] = ['sent', 'wait', 'waitSeconds', 'notYet', 'typeIt']

export function renderMagicLink(props: MagicLinkProps): string {
  const words = wordsOf(props.locale)
  const text = FIRST_CATALOGUES[props.locale]
  const { wait } = text
  return renderFrame({
    page: props,
    words,
    title: wait.title,
    failed: props.problem !== undefined || props.notice?.code === 'expired',
    script: 'link.js',
    children: (
      <>
        <h1>{wait.title}</h1>
        {props.notice === undefined ? null : (
          <NoticeBox tone={QUIET.includes(props.notice.code) ? 'info' : 'error'}>{noticeText(props, props.notice)}</NoticeBox>
        )}
        <p class="notice notice-info" id="said" role="status" hidden></p>
        <div class="actions" data-state={props.stateHref} data-done={wait.doneElsewhere} data-opened={wait.typeIt}>
          <p>
            {words.mix(wait.body, { user: <bdi class="strong">{props.username}</bdi> })} <a href={props.switchUserHref}>{text.notYou}</a>
          </p>
          <p>{wait.here}</p>
          <p>
            <a class="button" href={props.openedHref}>
              {wait.opened}
            </a>
          </p>
          <p>{wait.elsewhere}</p>
          <Form form={props}>
            <Field
              words={words}
              name="otp"
              label={wait.code}
              autocomplete="off"
              inputmode="numeric"
              ltr
              problem={props.problem}
              autofocus={props.problem !== undefined || props.notice?.code === 'typeIt'}
              maxlength={32}
            />
            <CaptchaSlot form={props} />
            <button class="button button-primary" type="submit">
              {wait.submit}
            </button>
            <Resend label={wait.resend} />
          </Form>
        </div>
        {props.othersHref === undefined ? null : (
          <p class="aside">
            <a href={props.othersHref}>{text.others}</a>
          </p>
        )}
      </>
    ),
  })
}

/** The link was used in another tab of this browser. */
export function renderLinkDone(props: PageProps & { continueHref: string }): string {
  const words = wordsOf(props.locale)
  const text = FIRST_CATALOGUES[props.locale]
  return renderFrame({
    page: props,
    words,
    title: words.text.login.title,
    children: (
      <>
        <h1>{words.text.login.title}</h1>
        <NoticeBox tone="success">{text.wait.doneElsewhere}</NoticeBox>
        <p>
          <a class="button" href={props.continueHref}>
            {text.next}
          </a>
        </p>
      </>
    ),
  })
}

function noticeText({ locale }: MagicLinkProps, notice: LinkNotice): string {
  const { say } = wordsOf(locale)
  const { wait, notices } = FIRST_CATALOGUES[locale]
  const phrases = { ...FACTOR_CATALOGUES[locale].notices, ...notices, notYet: wait.notYet, typeIt: wait.typeIt }
  return say(phrases[notice.code], 'values' in notice ? notice.values : {})
}
