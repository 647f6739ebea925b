/** @jsxImportSource hono/jsx */
/** What was asked for is on its way, if there is anybody: the same words for all. A code is typed here: posts `otp`. */
import type { RecoveryWay } from '@gatehouse/core/recovery_policy.ts'
import { wordsOf } from './catalogue.ts'
import { Field, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { MailIcon } from './icons.tsx'
import { Resend } from './mfa.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'
import { type RecoveryNotice, RecoveryNoticeArea } from './recover.tsx'
import { RECOVERY_CATALOGUES } from './recovery_words.ts'

export type RecoverSentProps = PageProps & {
  way: RecoveryWay
  /** As it was typed. */
  username: string
  /** Sends it again. */
  again: FormProps
  /** Where the code is posted to; absent: a link was sent. */
  code?: FormProps
  askHref: string
  notice?: RecoveryNotice
  problem?: Problem
}

export function renderRecoverSent(props: RecoverSentProps): string {
  const words = wordsOf(props.locale)
  const { sent } = RECOVERY_CATALOGUES[props.locale]
  const { code, problem, again } = props
  const title = code === undefined ? sent.linkTitle : sent.codeTitle
  const name = (
    <bdi class="strong" dir="ltr">
      {props.username}
    </bdi>
  )
  return renderFrame({
    page: props,
    words,
    title,
    failed: problem !== undefined || props.notice?.code === 'expired' || props.notice?.code === 'locked',
    children: (
      <>
        {code === undefined ? (
          <div class="emblem emblem-info">
            <MailIcon large />
          </div>
        ) : null}
        <h1>{title}</h1>
        <RecoveryNoticeArea words={words} notice={props.notice} />
        <p>{words.mix(sent[props.way], { name })}</p>
        <p class="quiet small">{sent.patience}</p>
        {code === undefined ? (
          <Form form={again}>
            <Resend label={sent.resend} />
          </Form>
        ) : (
          <Form form={code}>
            <Field
              words={words}
              name="otp"
              label={sent.code}
              autocomplete="one-time-code"
              inputmode="numeric"
              ltr
              problem={problem}
              autofocus
              maxlength={32}
            />
            <button class="button button-primary" type="submit">
              {sent.submit}
            </button>
            <Resend label={sent.resend} />
          </Form>
        )}
        <p class="aside">
          <a href={props.askHref}>{sent.anew}</a>
        </p>
      </>
    ),
  })
}
