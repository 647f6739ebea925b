/** @jsxImportSource hono/jsx */
/** The parts of the sign-in pages: of the one with user name and password, and of those that ask for the name first. What belongs on all of them stands here once. */
import type { Words } from './catalogue.ts'
import { Field } from './form.tsx'
import type { ApplicationProps, Problem } from './page_props.ts'

export function LoginHead({ words, application }: { words: Words; application: ApplicationProps | undefined }) {
  const { login } = words.text
  return (
    <>
      <h1>{login.title}</h1>
      {application === undefined ? null : (
        <p class="lead">{words.mix(login.asks, { application: <bdi class="strong">{application.name}</bdi> })}</p>
      )}
    </>
  )
}

type Entry = { words: Words; problem: Problem | undefined; autofocus: boolean }

export function UsernameField({ words, value, passkeys, problem, autofocus }: Entry & { value: string | undefined; passkeys?: boolean }) {
  return (
    <Field
      words={words}
      name="username"
      label={words.text.fields.username}
      autocomplete={passkeys ? 'username webauthn' : 'username'}
      ltr
      value={value}
      problem={problem}
      autofocus={autofocus}
    />
  )
}

export function PasswordField({ words, problem, autofocus }: Entry) {
  return (
    <Field
      words={words}
      name="password"
      label={words.text.fields.password}
      type="password"
      autocomplete="current-password"
      ltr
      problem={problem}
      autofocus={autofocus}
      maxlength={1024}
    />
  )
}

/** Within the form, after its own button: each asks for something to be sent to whoever is named, or for something that says who it is. */
export function WayButtons({ title, ways }: { title: string; ways: readonly { way: string; label: string }[] }) {
  if (ways.length === 0) return null
  return (
    <fieldset class="other-ways">
      <legend class="overline">{title}</legend>
      {ways.map(({ way, label }) => (
        <button class="button" type="submit" name="way" value={way} formnovalidate>
          {label}
        </button>
      ))}
    </fieldset>
  )
}

/** Below the form: where else one may go from here, a line each. */
export function LoginAside({ words, signupHref }: { words: Words; signupHref: string | undefined }) {
  const { login } = words.text
  if (signupHref === undefined) return null
  return (
    <p class="aside">
      {login.noAccount} <a href={signupHref}>{login.createAccount}</a>
    </p>
  )
}

export function ForgottenPassword({ words, recoverHref }: { words: Words; recoverHref: string | undefined }) {
  if (recoverHref === undefined) return null
  return (
    <p class="small">
      <a href={recoverHref}>{words.text.login.forgot}</a>
    </p>
  )
}
