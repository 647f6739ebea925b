/** @jsxImportSource hono/jsx */
/** First step of self-registration: the user name, posted as `username`; `name@tenant` moves to that tenant. */
import { wordsOf } from './catalogue.ts'
import { CaptchaSlot, Field, Form, NoticeArea } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { FormProps, Notice, PageProps, Problems } from './page_props.ts'

export type SignupUsernameProps = PageProps &
  FormProps & {
    username?: string
    loginHref: string
    notice?: Notice
    problems?: Problems
  }

export function renderSignupUsername(props: SignupUsernameProps): string {
  const words = wordsOf(props.locale)
  const { signupUsername, fields } = words.text
  return renderFrame({
    page: props,
    words,
    title: signupUsername.title,
    failed: props.problems !== undefined,
    children: (
      <>
        <h1>{signupUsername.title}</h1>
        <p class="lead">{signupUsername.intro}</p>
        <NoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          <Field
            words={words}
            name="username"
            label={fields.username}
            autocomplete="username"
            ltr
            value={props.username}
            hint={signupUsername.hint}
            problem={props.problems?.username}
            autofocus
          />
          <CaptchaSlot form={props} />
          <button class="button button-primary" type="submit">
            {signupUsername.submit}
          </button>
        </Form>
        <p class="aside">
          {signupUsername.haveAccount} <a href={props.loginHref}>{signupUsername.signIn}</a>
        </p>
      </>
    ),
  })
}
