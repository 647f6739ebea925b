/** @jsxImportSource hono/jsx */
/** Asks before signing out: OpenID Connect RP-Initiated Logout 1.0 section 2. Posts `decision` = `allow` or `deny`. */
import { wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import type { FormProps, PageProps } from './page_props.ts'

export type LogoutConfirmProps = PageProps &
  FormProps & {
    user?: { username: string; displayName?: string }
    application?: { name: string }
  }

export function renderLogoutConfirm(props: LogoutConfirmProps): string {
  const words = wordsOf(props.locale)
  const { logoutConfirm } = words.text
  return renderFrame({
    page: props,
    words,
    title: logoutConfirm.title,
    children: (
      <>
        <h1>{logoutConfirm.title}</h1>
        {props.user === undefined ? null : (
          <p>{words.mix(logoutConfirm.body, { user: <bdi class="strong">{props.user.displayName ?? props.user.username}</bdi> })}</p>
        )}
        {props.application === undefined ? null : (
          <p>{words.mix(logoutConfirm.asks, { application: <bdi class="strong">{props.application.name}</bdi> })}</p>
        )}
        <Form form={props}>
          <div class="actions actions-pair">
            <button class="button button-primary" type="submit" name="decision" value="allow">
              {logoutConfirm.submit}
            </button>
            <button class="button" type="submit" name="decision" value="deny">
              {logoutConfirm.stay}
            </button>
          </div>
        </Form>
      </>
    ),
  })
}
