/** @jsxImportSource hono/jsx */
/** A second factor is enrolled in the midst of a sign-in: choose a kind, say where codes go or scan the picture, prove it once. */
import type { Child } from 'hono/jsx'
import { type Words, wordsOf } from './catalogue.ts'
import { FACTOR_CATALOGUES, type FactorCatalogue } from './factor_words.ts'
import { Field, Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { Address, CodeField, type FactorNotice, FactorNoticeArea, Resend, type ShownKind, WithoutPasskeys } from './mfa.tsx'
import type { FormProps, PageProps, Problem } from './page_props.ts'
import { type PasskeyAsk, PasskeyButton } from './passkey.tsx'
import { QrCode } from './qr_code.tsx'

type Enrollable = Exclude<ShownKind, 'recovery_code' | 'push'>

export type EnrolStep =
  | { kind: 'choose'; choices: readonly { kind: Enrollable; href: string }[] }
  | { kind: 'passkey'; ask: PasskeyAsk }
  | { kind: 'x509' }
  | { kind: 'address'; of: 'email_otp' | 'sms_otp'; value: string }
  | { kind: 'totp'; uri: string; key: string }
  | { kind: 'sent'; of: 'email_otp' | 'sms_otp'; address: string }

export type MfaEnrolProps = PageProps &
  FormProps & {
    user: { username: string; displayName?: string }
    step: EnrolStep
    /** Back to the choice, where there is one. */
    otherHref?: string
    notice?: FactorNotice
    problem?: Problem
  }

export function renderMfaEnrol(props: MfaEnrolProps): string {
  const words = wordsOf(props.locale)
  const text = FACTOR_CATALOGUES[props.locale]
  return renderFrame({
    page: props,
    words,
    title: text.enrol.title,
    failed: props.problem !== undefined,
    passkeys: props.step.kind === 'passkey',
    children: (
      <>
        <h1>{text.enrol.title}</h1>
        <p class="lead">{text.enrol.intro}</p>
        <FactorNoticeArea words={words} notice={props.notice} />
        {STEPS[props.step.kind](words, text, props)}
        {props.otherHref === undefined ? null : (
          <p class="aside">
            <a href={props.otherHref}>{text.enrol.chooseOther}</a>
          </p>
        )}
      </>
    ),
  })
}

type Render = (words: Words, text: FactorCatalogue, props: MfaEnrolProps) => Child

const STEPS: Readonly<Record<EnrolStep['kind'], Render>> = {
  choose: (_, text, { step }) => (step.kind === 'choose' ? <Choices text={text} choices={step.choices} /> : null),
  address: (words, text, props) =>
    props.step.kind === 'address' ? <AskAddress words={words} text={text} props={props} step={props.step} /> : null,
  passkey: (words, text, props) =>
    props.step.kind === 'passkey' ? (
      <>
        <p>{text.enrol.passkeyIntro}</p>
        <Form form={props}>
          <WithoutPasskeys text={text} />
          <PasskeyButton words={words} ask={props.step.ask} ceremony="create" label={text.enrol.passkeyMake} primary />
        </Form>
      </>
    ) : null,
  x509: (_, text, props) => (
    <>
      <p>{text.enrol.x509Intro}</p>
      <Form form={props}>
        <p class="quiet">{text.mfa.x509Hint}</p>
        <button class="button button-primary" type="submit">
          {text.mfa.x509Use}
        </button>
      </Form>
    </>
  ),
  totp: (words, text, props) =>
    props.step.kind === 'totp' ? (
      <>
        <p>{text.enrol.scan}</p>
        <QrCode text={props.step.uri} label={text.enrol.picture} />
        <p class="small">
          {text.enrol.key}{' '}
          <bdi class="code key" dir="ltr">
            {props.step.key.match(/.{1,4}/g)?.join(' ')}
          </bdi>
        </p>
        <Form form={props}>
          <CodeField words={words} kind="totp" problem={props.problem} />
          <button class="button button-primary" type="submit">
            {text.submit}
          </button>
        </Form>
      </>
    ) : null,
  sent: (words, text, props) =>
    props.step.kind === 'sent' ? (
      <>
        <p>{words.mix(text.enrol.sent, { address: <Address>{props.step.address}</Address> })}</p>
        <Form form={props}>
          <CodeField words={words} kind={props.step.of} problem={props.problem} />
          <button class="button button-primary" type="submit">
            {text.submit}
          </button>
          <Resend label={text.resend} />
        </Form>
      </>
    ) : null,
}

function Choices({ text, choices }: { text: FactorCatalogue; choices: Extract<EnrolStep, { kind: 'choose' }>['choices'] }) {
  const hints: Readonly<Record<Enrollable, string>> = {
    passkey: text.enrol.passkeyHint,
    totp: text.enrol.totpHint,
    email_otp: text.enrol.emailHint,
    sms_otp: text.enrol.smsHint,
    x509: text.enrol.x509Hint,
  }
  return (
    <nav class="ways" aria-labelledby="ways">
      <h2 class="overline" id="ways">
        {text.enrol.choose}
      </h2>
      <ul>
        {choices.map(({ kind, href }) => (
          <li>
            <a href={href}>
              {text.kinds[kind]}
              <span class="quiet small">{hints[kind]}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function AskAddress({
  words,
  text,
  props,
  step,
}: {
  words: Words
  text: FactorCatalogue
  props: MfaEnrolProps
  step: Extract<EnrolStep, { kind: 'address' }>
}) {
  const isMail = step.of === 'email_otp'
  const { fields } = words.text
  return (
    <>
      <p>{isMail ? text.enrol.email : text.enrol.phone}</p>
      <Form form={props}>
        <Field
          words={words}
          name={isMail ? 'email' : 'phone_number'}
          label={isMail ? fields.email : fields.phone_number}
          type={isMail ? 'email' : 'tel'}
          autocomplete={isMail ? 'email' : 'tel'}
          ltr
          value={step.value}
          problem={props.problem}
          autofocus
        />
        <button class="button button-primary" type="submit" name="action" value="send">
          {text.enrol.send}
        </button>
      </Form>
    </>
  )
}
