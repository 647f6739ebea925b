/** @jsxImportSource hono/jsx */
/** The sign-in page: user name and password, posted as `username` and `password`. */
import { wordsOf } from './catalogue.ts'
import { Field, Form, focusName, NoticeArea } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { ApplicationProps, FormProps, Notice, PageProps, Problems } from './page_props.ts'
import { markRequest, openStencil } from './stencil.ts'

export type LoginProps = PageProps &
  FormProps & {
    /** The one that asks for the sign-in; absent when the person came by itself. */
    application?: ApplicationProps
    /** What was entered before, or `login_hint`. */
    username?: string
    /** Where self-registration begins; absent when it is off. */
    signupHref?: string
    notice?: Notice
    problems?: Problems
  }

export const renderLogin = openStencil(drawLogin, (props: LoginProps, mark) => ({
  ...markRequest(props, mark),
  ...(props.username ? { username: mark(props.username) } : {}),
  ...(props.signupHref === undefined ? {} : { signupHref: mark(props.signupHref) }),
}))

function drawLogin(props: LoginProps): string {
  const words = wordsOf(props.locale)
  const { login, fields } = words.text
  const focus = focusName(['username', 'password'], props.problems, props.username ? 'password' : 'username')
  return renderFrame({
    page: props,
    words,
    title: login.title,
    failed: props.problems !== undefined || props.notice?.code === 'invalid_credentials',
    script: true,
    children: (
      <>
        <h1>{login.title}</h1>
        {props.application === undefined ? null : (
          <p class="lead">{words.mix(login.asks, { application: <bdi class="strong">{props.application.name}</bdi> })}</p>
        )}
        <NoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          <Field
            words={words}
            name="username"
            label={fields.username}
            autocomplete="username"
            ltr
            value={props.username}
            problem={props.problems?.username}
            autofocus={focus === 'username'}
          />
          <Field
            words={words}
            name="password"
            label={fields.password}
            type="password"
            autocomplete="current-password"
            ltr
            problem={props.problems?.password}
            autofocus={focus === 'password'}
            maxlength={1024}
          />
          <button class="button button-primary" type="submit">
            {login.submit}
          </button>
        </Form>
        {props.signupHref === undefined ? null : (
          <p class="aside">
            {login.noAccount} <a href={props.signupHref}>{login.createAccount}</a>
          </p>
        )}
      </>
    ),
  })
}
