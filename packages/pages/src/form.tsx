/** @jsxImportSource hono/jsx */
/** The parts that forms are made of: notice, fields, check boxes, buttons. */
import type { PhraseValues } from '@gatehouse/core/phrase.ts'
import { raw } from 'hono/html'
import type { Child } from 'hono/jsx'
import type { Words } from './catalogue.ts'
import { AlertIcon, CheckIcon, InfoIcon } from './icons.tsx'
import type { FormProps, Notice, NoticeCode, Problem, Problems } from './page_props.ts'

export type Tone = 'error' | 'info' | 'success'

const TONES: Readonly<Record<NoticeCode, Tone>> = {
  invalid_credentials: 'error',
  too_many_attempts: 'error',
  account_inactive: 'error',
  registration_pending: 'info',
  registration_rejected: 'error',
  interaction_expired: 'error',
  form_expired: 'error',
  account_created: 'success',
  email_verified: 'success',
  password_changed: 'success',
  logged_out: 'success',
  reauthentication_required: 'info',
  tenant_changed: 'info',
  login_required_for_approval: 'info',
  check_fields: 'error',
  unavailable: 'error',
  passkey_refused: 'error',
  passkey_expired: 'info',
  certificate_refused: 'error',
}

const ICONS: Readonly<Record<Tone, () => Child>> = { error: () => <AlertIcon />, info: () => <InfoIcon />, success: () => <CheckIcon /> }

export function NoticeArea({ words, notice }: { words: Words; notice: Notice | undefined }) {
  if (notice === undefined) return null
  return <NoticeBox tone={TONES[notice.code]}>{words.say(words.text.notices[notice.code], notice.values)}</NoticeBox>
}

export function NoticeBox({ tone, children }: { tone: Tone; children: Child }) {
  return (
    <div class={`notice notice-${tone}`} role={tone === 'error' ? 'alert' : 'status'}>
      {ICONS[tone]()}
      <p>{children}</p>
    </div>
  )
}

/** Says how many fields are wrong and leads to each: WCAG 2.2, 3.3.1. Only for forms that one does not take in at a glance. */
export function ProblemSummary({
  words,
  problems,
  labels,
}: {
  words: Words
  problems: Problems | undefined
  labels: Readonly<Record<string, string>>
}) {
  const names = Object.keys(problems ?? {}).filter((name) => labels[name] !== undefined)
  if (names.length < 2) return null
  return (
    <div class="notice notice-error" role="alert">
      <AlertIcon />
      <div>
        <p>{words.say(words.text.frame.summary, { count: names.length })}</p>
        <ul class="summary">
          {names.map((name) => (
            <li>
              <a href={`#${fieldId(name)}`}>{labels[name]}</a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}

export function Form({ form, children, ...attributes }: { form: FormProps; children: Child; class?: string; id?: string }) {
  return (
    <form method="post" action={form.action} {...attributes}>
      <input type="hidden" name="csrf" value={form.csrf} />
      {form.interaction === undefined ? null : <input type="hidden" name="interaction" value={form.interaction} />}
      {Object.entries(form.hidden ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {children}
    </form>
  )
}

/** Before the button, where the form asks for the check. */
export function CaptchaSlot({ form }: { form: Pick<FormProps, 'captcha'> }) {
  return form.captcha === undefined ? null : raw(form.captcha)
}

export type FieldProps = {
  words: Words
  name: string
  label: string
  type?: 'text' | 'email' | 'tel' | 'password'
  autocomplete: string
  value?: string | undefined
  optional?: boolean
  hint?: string
  problem?: Problem | undefined
  autofocus?: boolean
  /** Names of further elements that describe the field. */
  describedBy?: string
  /** Latin content, whatever the page's language: names and addresses typed left to right. */
  ltr?: boolean
  maxlength?: number
  /** Which keys a phone shows first. */
  inputmode?: 'numeric'
  /** Read by the password script. */
  watch?: string
}

export function Field(props: FieldProps) {
  const { words, name, label, type = 'text', problem, hint } = props
  const id = fieldId(name)
  const description = [problem && `${id}-problem`, hint && `${id}-hint`, props.describedBy].filter(Boolean).join(' ')
  return (
    <div class="field">
      <label for={id}>
        {label}
        {props.optional ? <span class="quiet"> ({words.text.frame.optional})</span> : null}
      </label>
      <div class={type === 'password' ? 'input input-password' : 'input'}>
        <input
          id={id}
          name={name}
          type={type}
          autocomplete={props.autocomplete}
          value={type === 'password' ? undefined : props.value}
          required={!props.optional}
          autofocus={props.autofocus}
          inputmode={props.inputmode}
          maxlength={props.maxlength ?? 256}
          aria-invalid={problem ? 'true' : undefined}
          aria-describedby={description === '' ? undefined : description}
          dir={props.ltr ? 'ltr' : 'auto'}
          {...(type === 'text' && props.ltr ? { autocapitalize: 'none' as const } : {})}
          {...(props.watch ? { 'data-watch': props.watch } : {})}
        />
        {type === 'password' ? <PasswordToggle words={words} controls={id} /> : null}
      </div>
      <ProblemText words={words} id={`${id}-problem`} problem={problem} />
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

/** Hidden until the script is there: without JavaScript it could do nothing. */
function PasswordToggle({ words, controls }: { words: Words; controls: string }) {
  const { showPassword, hidePassword, showPasswordLabel, hidePasswordLabel } = words.text.frame
  return (
    <button
      type="button"
      class="reveal"
      hidden
      aria-controls={controls}
      aria-label={showPasswordLabel}
      data-reveal={controls}
      data-show={showPassword}
      data-hide={hidePassword}
      data-show-label={showPasswordLabel}
      data-hide-label={hidePasswordLabel}
    >
      {showPassword}
    </button>
  )
}

export function ProblemText({ words, id, problem }: { words: Words; id: string; problem: Problem | undefined }) {
  if (problem === undefined) return null
  return (
    <p class="problem" id={id}>
      <AlertIcon />
      <span>{problemText(words, problem)}</span>
    </p>
  )
}

/** The `autofocus` of a form: its first wrong field, or `fallback`. */
export function focusName(names: readonly string[], problems: Problems | undefined, fallback: string | undefined): string | undefined {
  return names.find((name) => problems?.[name] !== undefined) ?? fallback
}

export function fieldId(name: string): string {
  return `field-${name}`
}

function problemText(words: Words, problem: Problem): string {
  const { code, values }: { code: keyof typeof words.text.problems; values: PhraseValues } =
    typeof problem === 'string' ? { code: problem, values: {} } : problem
  return words.say(words.text.problems[code], values)
}
