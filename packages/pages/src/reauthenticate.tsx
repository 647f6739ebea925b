/** @jsxImportSource hono/jsx */
/** The password once more before a sensitive act; posted as `password`. */
import { wordsOf } from './catalogue.ts'
import { Field, Form, NoticeArea } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { FormProps, Notice, PageProps, Problems } from './page_props.ts'

export type ReauthenticateProps = PageProps &
  FormProps & {
    username: string
    cancelHref?: string
    notice?: Notice
    problems?: Problems
  }

export function renderReauthenticate(props: ReauthenticateProps): string {
  const words = wordsOf(props.locale)
  const { reauthenticate, fields } = words.text
  return renderFrame({
    page: props,
    words,
    title: reauthenticate.title,
    failed: props.problems !== undefined,
    script: true,
    children: (
      <>
        <h1>{reauthenticate.title}</h1>
        <p class="lead">{reauthenticate.body}</p>
        <NoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          <div class="chosen">
            <label for="field-username" class="quiet">
              {fields.username}
            </label>
            <input
              id="field-username"
              class="plain strong"
              type="text"
              name="username"
              value={props.username}
              autocomplete="username"
              readonly
              dir="ltr"
            />
          </div>
          <Field
            words={words}
            name="password"
            label={fields.password}
            type="password"
            autocomplete="current-password"
            ltr
            problem={props.problems?.password}
            autofocus
            maxlength={1024}
          />
          <div class="actions">
            <button class="button button-primary" type="submit">
              {reauthenticate.submit}
            </button>
            {props.cancelHref === undefined ? null : (
              <a class="button" href={props.cancelHref}>
                {reauthenticate.cancel}
              </a>
            )}
          </div>
        </Form>
      </>
    ),
  })
}
