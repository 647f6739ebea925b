/** @jsxImportSource hono/jsx */
/** The code of a first step, for whoever was named: the same page whether anybody has the name. Posts `otp` and `way`, or `action` = `resend`. */
import { wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES } from './factor_words.ts'
import { FIRST_CATALOGUES } from './first_words.ts'
import { CaptchaSlot, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { CodeField, type FactorNotice, FactorNoticeArea, Resend } from './mfa.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'

export type FirstCodeProps = PageProps &
  FormProps & {
    kind: 'email_otp' | 'sms_otp'
    username: string
    switchUserHref: string
    /** Where the other ways are; absent: there are none. */
    othersHref?: string
    notice?: FactorNotice
    problem?: Problem
  }

export function renderFirstCode(props: FirstCodeProps): string {
  const words = wordsOf(props.locale)
  const text = FIRST_CATALOGUES[props.locale]
  const code = props.kind === 'email_otp' ? text.code.email : text.code.sms
  return renderFrame({
    page: props,
    words,
    title: code.title,
    failed: props.problem !== undefined || props.notice?.code === 'expired',
    children: (
      <>
        <h1>{code.title}</h1>
        <FactorNoticeArea words={words} notice={props.notice} />
        <p>
          {words.mix(code.body, { user: <bdi class="strong">{props.username}</bdi> })} <a href={props.switchUserHref}>{text.notYou}</a>
        </p>
        <Form form={props}>
          <CodeField words={words} kind={props.kind} problem={props.problem} />
          <CaptchaSlot form={props} />
          <button class="button button-primary" type="submit">
            {text.code.submit}
          </button>
          <Resend label={FACTOR_CATALOGUES[props.locale].resend} />
        </Form>
        {props.othersHref === undefined ? null : (
          <p class="aside">
            <a href={props.othersHref}>{text.others}</a>
          </p>
        )}
      </>
    ),
  })
}
