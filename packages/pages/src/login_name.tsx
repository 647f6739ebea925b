/** @jsxImportSource hono/jsx */
/** The sign-in page where the name is asked for first: posted as `username`, with `page` = `name`. */
import { wordsOf } from './catalogue.ts'
import { FIRST_CATALOGUES } from './first_words.ts'
import { CaptchaSlot, Form, NoticeArea } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { LoginProps } from './login.tsx'
import { LoginAside, LoginHead, UsernameField, WayButtons } from './login_parts.tsx'
import { PasskeySignIn } from './passkey.tsx'

export function renderLoginName(props: LoginProps): string {
  const words = wordsOf(props.locale)
  return renderFrame({
    page: props,
    words,
    title: words.text.login.title,
    failed: props.problems !== undefined || props.notice?.code === 'certificate_refused',
    passkeys: props.passkey !== undefined,
    children: (
      <>
        <LoginHead words={words} application={props.application} />
        <NoticeArea words={words} notice={props.notice} />
        <Form form={{ ...props, hidden: { ...props.hidden, page: 'name' } }}>
          <UsernameField
            words={words}
            value={props.username}
            problem={props.problems?.username}
            autofocus
            passkeys={props.passkey !== undefined}
          />
          <CaptchaSlot form={props} />
          <button class="button button-primary" type="submit">
            {FIRST_CATALOGUES[props.locale].next}
          </button>
          <PasskeySignIn words={words} ask={props.passkey} autofill />
          {props.others === undefined ? null : <WayButtons {...props.others} />}
        </Form>
        <LoginAside words={words} signupHref={props.signupHref} />
      </>
    ),
  })
}
