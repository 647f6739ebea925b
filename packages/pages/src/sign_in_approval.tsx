/** @jsxImportSource hono/jsx */
/** A sign-in that somebody of the house has to let through: it is asked for, waits, or was declined. Loaded with the first of them, as are its words. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon, ClockIcon } from './icons.tsx'
import { arSignInApproval } from './locales/ar_sign_in_approval.ts'
import { deSignInApproval } from './locales/de_sign_in_approval.ts'
import { enSignInApproval, type SignInApprovalCatalogue } from './locales/en_sign_in_approval.ts'
import type { FormProps, PageProps } from './page_props.ts'

const CATALOGUES: Readonly<Record<Locale, SignInApprovalCatalogue>> = { en: enSignInApproval, de: deSignInApproval, ar: arSignInApproval }

export type SignInApprovalProps = PageProps &
  FormProps & {
    state: 'ask' | 'waits' | 'declined' | 'nobody' | 'enough'
    /** To name when speaking of it. */
    reference?: string
    selfHref: string
  }

export function renderSignInApproval(props: SignInApprovalProps): string {
  const words = wordsOf(props.locale)
  const text = CATALOGUES[props.locale]
  const { state } = props
  const title = state === 'waits' ? text.waitsTitle : state === 'declined' ? text.declinedTitle : text.title
  const said = { ask: text.ask, waits: text.waits, declined: text.declined, nobody: text.nobody, enough: text.enough }[state]
  return renderFrame({
    page: props,
    words,
    title,
    children: (
      <>
        <div class="emblem emblem-info">{state === 'waits' ? <ClockIcon large /> : <AlertIcon large />}</div>
        <h1>{title}</h1>
        <p role={state === 'waits' ? 'status' : undefined}>{words.mix(said, { brand: <bdi>{props.brand.displayName}</bdi> })}</p>
        {props.reference === undefined ? null : (
          <p class="quiet small">
            {text.reference}: <bdi class="code">{props.reference}</bdi>
          </p>
        )}
        {state === 'ask' ? (
          <Form form={props}>
            <button class="button button-primary" type="submit">
              {text.send}
            </button>
          </Form>
        ) : null}
        {state === 'waits' ? (
          <a class="button button-primary" href={props.selfHref}>
            {text.look}
          </a>
        ) : null}
      </>
    ),
  })
}
