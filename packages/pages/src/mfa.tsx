/** @jsxImportSource hono/jsx */
/** A further factor of a sign-in, with a choice among those that the person has. Posts `otp`, `credential`, `remember`, or `action` = `resend`. */
import type { CredentialKind } from '@gatehouse/core/credential.ts'
import type { PhraseValues } from '@gatehouse/core/phrase.ts'
import type { Child } from 'hono/jsx'
import { assetUrl } from './assets.ts'
import { type Words, wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES, type FactorCatalogue } from './factor_words.ts'
import { CaptchaSlot, Field, Form, NoticeBox, type Tone } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { ApplicationProps, FormProps, PageProps, Problem } from './page_props.ts'
import { type PasskeyAsk, PasskeyButton } from './passkey.tsx'

export type ShownKind = CredentialKind

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
    /** For how long this browser may be remembered; absent: it is not offered. */
    rememberSeconds?: number
    notice?: FactorNotice
    problem?: Problem
    /** Where the factor is a passkey. */
    passkey?: PasskeyAsk
    /** Where it is one that works at another host only: which. */
    passkeyElsewhere?: string
    /** Where it is a certificate: there is no host to show one at. */
    certificatesNowhere?: boolean
    /** Of an approval in My Account: what to choose there, while one is asked for, and where to ask whether it was. */
    push?: { number: string; pollHref: string }
  }

const TONES: Readonly<Record<FactorNotice['code'], Tone>> = {
  sent: 'info',
  wait: 'info',
  waitSeconds: 'info',
  enough: 'error',
  passkeyUntrusted: 'error',
  passkeyRefused: 'error',
  passkeyNotAdded: 'error',
  certificate_refused: 'error',
  expired: 'error',
  pending: 'info',
  denied: 'error',
  pushExpired: 'error',
  pushWait: 'info',
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
    failed:
      props.problem !== undefined ||
      props.notice?.code === 'expired' ||
      props.notice?.code === 'passkeyRefused' ||
      props.notice?.code === 'certificate_refused' ||
      props.notice?.code === 'denied',
    passkeys: props.passkey !== undefined,
    children: (
      <>
        <h1>{text.mfa.title}</h1>
        <p class="quiet small">
          {words.mix(text.mfa.signedInAs, { user: <bdi class="strong">{props.user.displayName ?? props.user.username}</bdi> })}{' '}
          <a href={props.switchUserHref}>{text.mfa.notYou}</a>
        </p>
        <FactorNoticeArea words={words} notice={props.notice} />
        {props.passkeyElsewhere === undefined ? (
          <>
            {kind === 'push' && props.push === undefined ? null : (
              <p>{words.mix(text.mfa[kind], { address: <Address>{address}</Address> })}</p>
            )}
            <Form form={props}>
              {props.passkey === undefined ? (
                kind === 'push' ? (
                  <Push words={words} props={props} />
                ) : kind === 'x509' ? (
                  <Certificate words={words} props={props} />
                ) : (
                  <Code words={words} props={props} />
                )
              ) : (
                <Passkey words={words} props={props} ask={props.passkey} />
              )}
            </Form>
          </>
        ) : (
          <p>{words.mix(text.mfa.passkeyElsewhere, { host: <Address>{props.passkeyElsewhere}</Address> })}</p>
        )}
        <Others text={text} others={props.others} />
      </>
    ),
  })
}

function Code({ words, props }: { words: Words; props: MfaProps }) {
  const text = FACTOR_CATALOGUES[words.locale]
  const { kind } = props.factor
  return (
    <>
      <CodeField words={words} kind={kind} problem={props.problem} />
      <Remember words={words} seconds={props.rememberSeconds} />
      <button class="button button-primary" type="submit">
        {text.submit}
      </button>
      <CaptchaSlot form={props} />
      {isSent(kind) ? <Resend label={text.resend} /> : null}
    </>
  )
}

/** The number to choose elsewhere; without one, nobody can be asked at the moment. */
function Push({ words, props }: { words: Words; props: MfaProps }) {
  const text = FACTOR_CATALOGUES[words.locale]
  return (
    <>
      {props.push === undefined ? null : (
        <>
          <AwaitedNumber text={text} push={props.push} nonce={props.nonce} />
          <Remember words={words} seconds={props.rememberSeconds} />
          <button class="button button-primary" type="submit" data-continue>
            {text.push.done}
          </button>
        </>
      )}
      <CaptchaSlot form={props} />
      <Resend label={text.push.again} />
    </>
  )
}

/** Leads to where the browser is asked for one. */
function Certificate({ words, props }: { words: Words; props: MfaProps }) {
  const { mfa } = FACTOR_CATALOGUES[words.locale]
  if (props.certificatesNowhere) return <p class="notice notice-info">{words.say(mfa.x509Nowhere, { brand: props.brand.displayName })}</p>
  return (
    <>
      <p class="quiet">{mfa.x509Hint}</p>
      <Remember words={words} seconds={props.rememberSeconds} />
      <button class="button button-primary" type="submit">
        {mfa.x509Use}
      </button>
    </>
  )
}

function Passkey({ words, props, ask }: { words: Words; props: MfaProps; ask: PasskeyAsk }) {
  const text = FACTOR_CATALOGUES[words.locale]
  return (
    <>
      <WithoutPasskeys text={text} />
      <PasskeyButton words={words} ask={ask} ceremony="get" label={text.mfa.passkeyUse} primary>
        <Remember words={words} seconds={props.rememberSeconds} />
      </PasskeyButton>
    </>
  )
}

const HOUR = 3_600
const DAY = 24 * HOUR

function Remember({ words, seconds }: { words: Words; seconds: number | undefined }) {
  const { mfa } = FACTOR_CATALOGUES[words.locale]
  if (seconds === undefined) return null
  const label =
    seconds >= 2 * DAY
      ? words.say(mfa.remember, { count: Math.floor(seconds / DAY) })
      : words.say(mfa.rememberHours, { count: Math.floor(seconds / HOUR) })
  return (
    <div class="tick">
      <input type="checkbox" id="remember" name="remember" value="yes" aria-describedby="remember-hint" />
      <div>
        <label for="remember">{label}</label>
        <p class="hint" id="remember-hint">
          {mfa.rememberHint}
        </p>
      </div>
    </div>
  )
}

/** Hidden by the script, where it can do something. */
export function WithoutPasskeys({ text }: { text: FactorCatalogue }) {
  return (
    <p class="notice notice-info" data-without-passkeys>
      {text.mfa.passkeyWithout}
    </p>
  )
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

/** Large, since it is read here and sought on another device. */
function AwaitedNumber({ text, push, nonce }: { text: FactorCatalogue; push: NonNullable<MfaProps['push']>; nonce: string }) {
  return (
    <div data-poll={push.pollHref}>
      <p class="awaited" dir="ltr">
        {push.number}
      </p>
      <p class="quiet" role="status">
        {text.push.waiting}
      </p>
      <script src={assetUrl('push.js')} nonce={nonce} defer></script>
    </div>
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
