/** @jsxImportSource hono/jsx */
/** A further factor of a sign-in, with a choice among those that the person has. Posts `otp`, `credential`, `remember`, or `action` = `resend`. */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { PhraseValues } from '@gatehouse/core/phrase.ts'
import type { Child } from 'hono/jsx'
import { type Words, wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES, type FactorCatalogue } from './factor_words.ts'
import { CaptchaSlot, Field, Form, NoticeBox, type Tone } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { ApplicationProps, FormProps, PageProps, Problem } from './page_props.ts'

export type ShownKind = Exclude<FactorKind, 'password'>

export type ShownFactor = {
  kind: ShownKind
  /** What the person calls it; may be empty. */
  name: string
  /** Masked. */
  address?: string
}

export type FactorNotice = { code: keyof FactorCatalogue['notices']; values?: PhraseValues }

export type MfaProps = PageProps &
  FormProps & {
    user: { username: string; displayName?: string }
    application?: ApplicationProps
    switchUserHref: string
    factor: ShownFactor
    others: readonly (ShownFactor & { href: string })[]
    /** Days for which this browser may be remembered; absent: it is not offered. */
    rememberDays?: number
    notice?: FactorNotice
    problem?: Problem
  }

const TONES: Readonly<Record<FactorNotice['code'], Tone>> = {
  sent: 'info',
  wait: 'info',
  waitSeconds: 'info',
  enough: 'error',
  expired: 'error',
  enrolmentExpired: 'error',
  locked: 'error',
}

export function renderMfa(props: MfaProps): string {
  const words = wordsOf(props.locale)
  const text = FACTOR_CATALOGUES[props.locale]
  const { kind, address = '' } = props.factor
  return renderFrame({
    page: props,
    words,
    title: text.mfa.title,
    failed: props.problem !== undefined || props.notice?.code === 'expired',
    children: (
      <>
        <h1>{text.mfa.title}</h1>
        <p class="quiet small">
          {words.mix(text.mfa.signedInAs, { user: <bdi class="strong">{props.user.displayName ?? props.user.username}</bdi> })}{' '}
          <a href={props.switchUserHref}>{text.mfa.notYou}</a>
        </p>
        <FactorNoticeArea words={words} notice={props.notice} />
        <p>{words.mix(text.mfa[kind], { address: <Address>{address}</Address> })}</p>
        <Form form={props}>
          <CodeField words={words} kind={kind} problem={props.problem} />
          {props.rememberDays === undefined ? null : (
            <div class="tick">
              <input type="checkbox" id="remember" name="remember" value="yes" aria-describedby="remember-hint" />
              <div>
                <label for="remember">{words.say(text.mfa.remember, { count: props.rememberDays })}</label>
                <p class="hint" id="remember-hint">
                  {text.mfa.rememberHint}
                </p>
              </div>
            </div>
          )}
          <button class="button button-primary" type="submit">
            {text.submit}
          </button>
          <CaptchaSlot form={props} />
          {isSent(kind) ? <Resend label={text.resend} /> : null}
        </Form>
        <Others text={text} others={props.others} />
      </>
    ),
  })
}

export function FactorNoticeArea({ words, notice }: { words: Words; notice: FactorNotice | undefined }) {
  if (notice === undefined) return null
  const phrase = FACTOR_CATALOGUES[words.locale].notices[notice.code]
  return <NoticeBox tone={TONES[notice.code]}>{words.say(phrase, notice.values)}</NoticeBox>
}

/** Recovery codes have letters; all others are digits, which a phone fills in from the message. */
export function CodeField({ words, kind, problem }: { words: Words; kind: ShownKind; problem: Problem | undefined }) {
  const text = FACTOR_CATALOGUES[words.locale]
  const digits = kind !== 'recovery_code'
  return (
    <Field
      words={words}
      name="otp"
      label={digits ? text.code : text.recoveryCode}
      autocomplete={digits ? 'one-time-code' : 'off'}
      {...(digits ? { inputmode: 'numeric' as const } : {})}
      ltr
      problem={problem}
      autofocus
      maxlength={32}
    />
  )
}

/** Beside a field that must be filled in for the other button only. */
export function Resend({ label }: { label: string }) {
  return (
    <button class="button" type="submit" name="action" value="resend" formnovalidate>
      {label}
    </button>
  )
}

/** An address or a number reads from left to right in every language. */
export function Address({ children }: { children: Child }) {
  return (
    <bdi class="strong" dir="ltr">
      {children}
    </bdi>
  )
}

export function isSent(kind: ShownKind): boolean {
  return kind === 'email_otp' || kind === 'sms_otp'
}

function Others({ text, others }: { text: FactorCatalogue; others: MfaProps['others'] }) {
  if (others.length === 0) return null
  return (
    <nav class="ways" aria-labelledby="ways">
      <h2 class="overline" id="ways">
        {text.mfa.others}
      </h2>
      <ul>
        {others.map((other) => (
          <li>
            <a href={other.href}>
              {text.kinds[other.kind]}
              {other.name === '' && other.address === undefined ? null : (
                <span class="quiet small">
                  {other.name === '' ? null : <bdi>{other.name}</bdi>}{' '}
                  {other.address === undefined ? null : <bdi dir="ltr">{other.address}</bdi>}
                </span>
              )}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}
