/** @jsxImportSource hono/jsx */
/** A sign-in that was not let through for its risk: that it was stopped, and what the person can do now; never why. Loaded with the first of them, as are its words. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { wordsOf } from './catalogue.ts'
import { Form } from './form.tsx'
import { renderFrame } from './frame.tsx'
import { AlertIcon } from './icons.tsx'
import { arSignInDenied } from './locales/ar_sign_in_denied.ts'
import { deSignInDenied } from './locales/de_sign_in_denied.ts'
import { enSignInDenied, type SignInDeniedCatalogue } from './locales/en_sign_in_denied.ts'
import type { FormProps, PageProps } from './page_props.ts'

const CATALOGUES: Readonly<Record<Locale, SignInDeniedCatalogue>> = { en: enSignInDenied, de: deSignInDenied, ar: arSignInDenied }

export type SignInDeniedProps = PageProps & {
  againHref: string
  recoverHref: string
  /** To the application, which is told that nobody signed in. */
  back?: FormProps & { application: string }
}

export function renderSignInDenied(props: SignInDeniedProps): string {
  const words = wordsOf(props.locale)
  const text = CATALOGUES[props.locale]
  const { back, brand } = props
  const named = { brand: <bdi>{brand.displayName}</bdi> }
  return renderFrame({
    page: props,
    words,
    title: text.title,
    children: (
      <>
        <div class="emblem emblem-error">
          <AlertIcon large />
        </div>
        <h1>{text.title}</h1>
        <p>{words.mix(text.body, named)}</p>
        <h2>{text.can}</h2>
        <ul class="rules">
          <li>{text.elsewhere}</li>
          <li>
            {text.doubt} <a href={props.recoverHref}>{text.recover}</a>
          </li>
          <li>
            {words.mix(text.contact, named)}{' '}
            {brand.supportUrl === undefined ? null : (
              <a href={brand.supportUrl} rel="noreferrer">
                {text.support}
              </a>
            )}
          </li>
        </ul>
        <a class="button button-primary" href={props.againHref}>
          {text.again}
        </a>
        {back === undefined ? null : (
          <Form form={back}>
            <button class="button" type="submit">
              <span>{words.mix(words.text.error.back, { application: <bdi>{back.application}</bdi> })}</span>
            </button>
          </Form>
        )}
      </>
    ),
  })
}
