/** @jsxImportSource hono/jsx */
/** After signing out, when no application asked to have the person back. */
import { wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon } from './icons.tsx'
import type { PageProps } from './page_props.ts'

export type LoggedOutProps = PageProps & {
  loginHref?: string
  application?: { name: string; href: string }
  /** How many applications did not take the message that the session ended. */
  unreached?: number
}

export function renderLoggedOut(props: LoggedOutProps): string {
  const words = wordsOf(props.locale)
  const { loggedOut } = words.text
  const unreached = props.unreached ?? 0
  return renderFrame({
    page: props,
    words,
    title: loggedOut.title,
    children: (
      <>
        <div class="emblem emblem-success">
          <CheckIcon large />
        </div>
        <h1>{loggedOut.title}</h1>
        <p>{loggedOut.body}</p>
        {unreached === 0 ? null : (
          <div class="notice notice-info" role="status">
            <AlertIcon />
            <p>{words.say(loggedOut.partial, { count: unreached })}</p>
          </div>
        )}
        <div class="actions">
          {props.application === undefined ? null : (
            <a class="button button-primary" href={props.application.href}>
              <span>{words.mix(loggedOut.back, { application: <bdi>{props.application.name}</bdi> })}</span>
            </a>
          )}
          {props.loginHref === undefined ? null : (
            <a class="button" href={props.loginHref}>
              {loggedOut.signIn}
            </a>
          )}
        </div>
      </>
    ),
  })
}
