/** @jsxImportSource hono/jsx */
/** Where mailed links end: a password that is set, a link that is good no more, a browser that gets tries of its own. */
import { wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, CheckIcon, ClockIcon } from './icons.tsx'
import type { FormProps, PageProps } from './page_props.ts'
import { RECOVERY_CATALOGUES } from './recovery_words.ts'

export type RecoveryLinkProps = PageProps & { loginHref: string } & (
    | { state: 'done'; application?: { name: string; href: string } }
    /** `againHref`: where another is asked for. */
    | { state: 'expired'; invitation: boolean; againHref?: string }
    | { state: 'unlock'; username: string; form: FormProps }
  )

export function renderRecoveryLink(props: RecoveryLinkProps): string {
  const words = wordsOf(props.locale)
  const text = RECOVERY_CATALOGUES[props.locale]
  const { title } = text[props.state]
  return renderFrame({
    page: props,
    words,
    title,
    children: (
      <>
        {emblem()}
        <h1>{title}</h1>
        {content()}
      </>
    ),
  })

  function emblem() {
    if (props.state === 'done')
      return (
        <div class="emblem emblem-success">
          <CheckIcon large />
        </div>
      )
    return (
      <div class={props.state === 'unlock' ? 'emblem emblem-info' : 'emblem emblem-error'}>
        {props.state === 'unlock' ? <ClockIcon large /> : <AlertIcon large />}
      </div>
    )
  }

  function content() {
    if (props.state === 'unlock')
      return (
        <>
          <p>{words.mix(text.unlock.body, { user: <bdi class="strong">{props.username}</bdi> })}</p>
          <Form form={props.form}>
            <button class="button button-primary" type="submit">
              {text.unlock.submit}
            </button>
          </Form>
          <p class="quiet small">{text.unlock.not}</p>
        </>
      )
    const again = props.state === 'expired' ? props.againHref : undefined
    const application = props.state === 'done' ? props.application : undefined
    const sentence = props.state === 'done' ? text.done.body : props.invitation ? text.expired.invitation : text.expired.body
    return (
      <>
        <p>{sentence}</p>
        <div class="actions">
          {again === undefined ? null : (
            <a class="button button-primary" href={again}>
              {text.expired.again}
            </a>
          )}
          <a class={again === undefined ? 'button button-primary' : 'button'} href={props.loginHref}>
            {text.done.signIn}
          </a>
          {application === undefined ? null : (
            <a class="button" href={application.href}>
              {words.say(text.done.back, { application: application.name })}
            </a>
          )}
        </div>
      </>
    )
  }
}
