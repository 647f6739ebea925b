/** What every page is given. Pages get values only: no store, no request. */
import type { Locale } from '@gatehouse/core/locale.ts'
import type { PhraseValues } from '@gatehouse/core/phrase.ts'
import type { Brand } from './brand.ts'
import type { Catalogue } from './catalogue.ts'

export type PageProps = {
  brand: Brand
  locale: Locale
  /** The same as in the response's `Content-Security-Policy`. */
  nonce: string
  /** The language switcher: this very page (by GET) in each of the tenant's languages. Absent: no switcher. */
  languages?: readonly { locale: Locale; href: string }[]
  /** Where the brand's name leads; absent: it is no link. */
  homeHref?: string
}

export type FormProps = {
  /** Where the form is posted to. */
  action: string
  /** Posted as `csrf`. */
  csrf: string
  /** Posted as `interaction`: the id of the authorization request on its way. */
  interaction?: string
  /** Whatever else must come back with the form. */
  hidden?: Readonly<Record<string, string>>
  /** The check against programs before the button: HTML of `captcha.tsx`. */
  captcha?: string
}

export type NoticeCode = keyof Catalogue['notices']

/** A sentence above the form. `values`: what the sentence's places need, such as `count` (minutes) for `too_many_attempts`. */
export type Notice = { code: NoticeCode; values?: PhraseValues }

export type ProblemCode = keyof Catalogue['problems']

/** What is wrong with one field. `values`: such as `count` for `password_too_short`, `tenant` for `tenant_unknown`. */
export type Problem = ProblemCode | { code: ProblemCode; values: PhraseValues }

/** By field name. */
export type Problems = Readonly<Record<string, Problem>>

/** Who asks for the sign-in or the consent. */
export type ApplicationProps = {
  name: string
  logoUrl?: string
  websiteUrl?: string
  policyUrl?: string
  termsUrl?: string
}
