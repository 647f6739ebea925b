/** @jsxImportSource hono/jsx */
/** The sign-in page: user name and password, posted as `username` and `password`. */
import { wordsOf } from './catalogue.ts'

import { CaptchaSlot, Form, focusName, NoticeArea } from './form.tsx'

import { renderFrame } from './frame.tsx'
import { ForgottenPassword, LoginAside, LoginHead, PasswordField, UsernameField, WayButtons } from './login_parts.tsx'
import type { ApplicationProps, FormProps, Notice, PageProps, Problems } from './page_props.ts'
import { type PasskeyAsk, PasskeySignIn } from './passkey.tsx'
import { markRequest, openStencil } from './stencil.ts'

export type LoginProps = PageProps &
  FormProps & {
    /** The one that asks for the sign-in; absent when the person came by itself. */
    application?: ApplicationProps
    /** What was entered before, or `login_hint`. */
    username?: string
    /** Where self-registration begins; absent when it is off. */
    signupHref?: string
    /** Absent: no passkeys are taken here. */
    passkey?: PasskeyAsk
    /** What may be asked for instead of giving the password. */
    others?: { title: string; ways: readonly { way: string; label: string }[] }
    /** Where a forgotten password is recovered. */
    recoverHref?: string
    notice?: Notice
    problems?: Problems
  }

/** A check differs with each request, and is markup: such pages are drawn anew. */
export function renderLogin(props: LoginProps): string {
  return props.captcha === undefined ? fillLogin(props) : drawLogin(props)
}

const fillLogin = openStencil(drawLogin, (props: LoginProps, mark) => ({
  ...markRequest(props, mark),
  ...(props.username ? { username: mark(props.username) } : {}),
  ...(props.passkey === undefined
    ? {}
    : {
        passkey: {
          options: mark(props.passkey.options),
          refreshHref: mark(props.passkey.refreshHref),
          ...(props.passkey.unknown === undefined ? {} : { unknown: mark(props.passkey.unknown) }),
        },
      }),
  ...(props.recoverHref === undefined ? {} : { recoverHref: mark(props.recoverHref) }),
  ...(props.signupHref === undefined ? {} : { signupHref: mark(props.signupHref) }),
}))

function drawLogin(props: LoginProps): string {
  const words = wordsOf(props.locale)
  const { login } = words.text
  const focus = focusName(['username', 'password'], props.problems, props.username ? 'password' : 'username')
  return renderFrame({
    page: props,
    words,
    title: login.title,
    failed: props.problems !== undefined || props.notice?.code === 'invalid_credentials' || props.notice?.code === 'certificate_refused',
    script: true,
    passkeys: props.passkey !== undefined,
    children: (
      <>
        <LoginHead words={words} application={props.application} />
        <NoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          <UsernameField
            words={words}
            value={props.username}
            passkeys={props.passkey !== undefined}
            problem={props.problems?.username}
            autofocus={focus === 'username'}
          />
          <PasswordField words={words} problem={props.problems?.password} autofocus={focus === 'password'} />
          <CaptchaSlot form={props} />
          <button class="button button-primary" type="submit">
            {login.submit}
          </button>
          <PasskeySignIn words={words} ask={props.passkey} autofill />
          {props.others === undefined ? null : <WayButtons {...props.others} />}
        </Form>
        <ForgottenPassword words={words} recoverHref={props.recoverHref} />
        <LoginAside words={words} signupHref={props.signupHref} />
      </>
    ),
  })
}
