/** @jsxImportSource hono/jsx */
/**
 * The second sign-in page: the name stands, and below it are the ways that the first step allows, the same for every name. Posts `username` and `password`, or
 * `username` and `way`.
 */
import { wordsOf } from './catalogue.ts'
import { FIRST_CATALOGUES, type FirstCatalogue } from './first_words.ts'
import { CaptchaSlot, Form, NoticeArea } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { LoginProps } from './login.tsx'
import { ForgottenPassword, LoginAside, LoginHead, PasswordField, WayButtons } from './login_parts.tsx'
import { PasskeySignIn } from './passkey.tsx'

export type FirstWay = keyof FirstCatalogue['ways']

export type LoginWaysProps = LoginProps & {
  username: string
  /** Where another name is given. */
  switchUserHref: string
  /** The first is shown; of the others it is said that they are there. */
  ways: readonly FirstWay[]
  /** The page with the password, where that is not the first. */
  passwordHref: string
}

export function renderLoginWays(props: LoginWaysProps): string {
  const words = wordsOf(props.locale)
  const text = FIRST_CATALOGUES[props.locale]
  const [first, ...others] = props.ways
  const sent = others.filter((way) => way !== 'password')
  return renderFrame({
    page: props,
    words,
    title: words.text.login.title,
    failed: props.problems !== undefined || props.notice?.code === 'invalid_credentials' || props.notice?.code === 'certificate_refused',
    script: first === 'password',
    passkeys: props.passkey !== undefined,
    children: (
      <>
        <LoginHead words={words} application={props.application} />
        <NoticeArea words={words} notice={props.notice} />
        <p class="chosen">
          <span>
            <span class="quiet">{text.named}</span>
            <bdi class="strong">{props.username}</bdi>
          </span>
          <a href={props.switchUserHref}>{text.notYou}</a>
        </p>
        <Form form={props}>
          {/* For password managers, which look for a user name beside the password. */}
          <input type="text" name="username" value={props.username} autocomplete="username" readonly hidden />
          {first === 'password' ? <PasswordField words={words} problem={props.problems?.password} autofocus /> : null}
          <CaptchaSlot form={props} />
          {first === 'password' ? (
            <button class="button button-primary" type="submit">
              {words.text.login.submit}
            </button>
          ) : first === undefined ? null : (
            <button class="button button-primary" type="submit" name="way" value={first}>
              {text.ways[first]}
            </button>
          )}
          <PasskeySignIn words={words} ask={props.passkey} />
          <WayButtons title={text.others} ways={sent.map((way) => ({ way, label: text.ways[way] }))} />
        </Form>
        {first === 'password' ? <ForgottenPassword words={words} recoverHref={props.recoverHref} /> : null}
        {others.includes('password') ? (
          <p class="aside">
            <a href={props.passwordHref}>{text.ways.password}</a>
          </p>
        ) : null}
        <LoginAside words={words} signupHref={props.signupHref} />
      </>
    ),
  })
}
