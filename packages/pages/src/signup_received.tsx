/** @jsxImportSource hono/jsx */
/** What a person sees after registering: the account is ready, or it waits for approval. */
import { type Words, wordsOf } from './catalogue.ts'
import { renderFrame } from './frame.tsx'
import { CheckIcon, ClockIcon } from './icons.tsx'
import type { PageProps } from './page_props.ts'

export type SignupReceivedProps = PageProps & {
  outcome: 'waits_for_approval' | 'account_created'
  username: string
  email: string
  /** The approval request's id, to name when asking about it. */
  reference?: string
  loginHref: string
  /** The application from which the person came. */
  application?: { name: string; href: string }
}

export function renderSignupReceived(props: SignupReceivedProps): string {
  const words = wordsOf(props.locale)
  const { signupReceived } = words.text
  const waits = props.outcome === 'waits_for_approval'
  const title = waits ? signupReceived.waitsTitle : signupReceived.createdTitle
  const username = <bdi class="strong">{props.username}</bdi>
  const email = <bdi class="strong">{props.email}</bdi>
  return renderFrame({
    page: props,
    words,
    title,
    children: (
      <>
        <div class={waits ? 'emblem emblem-info' : 'emblem emblem-success'}>{waits ? <ClockIcon large /> : <CheckIcon large />}</div>
        <h1>{title}</h1>
        <p>{words.mix(waits ? signupReceived.waits : signupReceived.created, { username })}</p>
        <p>{words.mix(waits ? signupReceived.waitsNext : signupReceived.createdNext, { email })}</p>
        {waits ? <Steps words={words} /> : null}
        {props.reference === undefined ? null : (
          <p class="quiet small">
            {signupReceived.reference}: <bdi class="code">{props.reference}</bdi>
          </p>
        )}
        <div class="actions">
          {waits ? null : (
            <a class="button button-primary" href={props.loginHref}>
              {signupReceived.signIn}
            </a>
          )}
          {props.application === undefined ? null : (
            <a class="button" href={props.application.href}>
              <span>{words.mix(signupReceived.back, { application: <bdi>{props.application.name}</bdi> })}</span>
            </a>
          )}
        </div>
      </>
    ),
  })
}

function Steps({ words }: { words: Words }) {
  const { signupReceived } = words.text
  const steps = [
    { name: signupReceived.stepReceived, state: 'done', said: signupReceived.stepDone },
    { name: signupReceived.stepApproval, state: 'current', said: signupReceived.stepCurrent },
    { name: signupReceived.stepReady, state: 'open', said: signupReceived.stepOpen },
  ]
  return (
    <>
      <h2 class="overline">{signupReceived.waitsSteps}</h2>
      <ol class="steps">
        {steps.map(({ name, state, said }) => (
          <li class={`step step-${state}`} aria-current={state === 'current' ? 'step' : undefined}>
            {name} <span class="quiet small">{said}</span>
          </li>
        ))}
      </ol>
    </>
  )
}
