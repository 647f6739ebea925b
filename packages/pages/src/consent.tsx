/** @jsxImportSource hono/jsx */
/** What an application asks for, in plain words. Posts `claim` and `scope` for what is allowed, `decision` = `allow` or `deny`. */

import { readableValue } from '@gatehouse/core/locale.ts'
import type { Child } from 'hono/jsx'
import { type Words, wordsOf } from './catalogue.ts'
import { Form, NoticeArea } from './form.tsx'
import { Monogram, renderFrame } from './frame.tsx'
import type { ApplicationProps, FormProps, Notice, PageProps } from './page_props.ts'
import { markRequest, openStencil } from './stencil.ts'

export type ConsentClaim = {
  /** OpenID Connect Core section 5.1. */
  name: string
  mandatory: boolean
  /** The person's present value; absent: there is none. */
  value?: string
  /** Ticked before; an optional claim is not ticked unless the person allowed it earlier. */
  allowed?: boolean
  /** For a claim that the pages have no words for. */
  label?: string
}

export type ConsentScope = {
  name: string
  mandatory: boolean
  allowed?: boolean
  /** What the application says about a scope of its own. */
  description?: string
  /** It stands for attributes that the person chooses among one by one, and gives nothing beyond them. */
  chosenAbove?: boolean
}

export type ConsentProps = PageProps &
  FormProps & {
    application: ApplicationProps
    user: { username: string; displayName?: string }
    /** Signs in as somebody else, for the same request. */
    switchUserHref?: string
    claims: readonly ConsentClaim[]
    scopes: readonly ConsentScope[]
    purpose?: string
    /** The host of the redirect URI, so that a false friend is seen. */
    redirectHost?: string
    notice?: Notice
  }

export const renderConsent = openStencil(drawConsent, (props: ConsentProps, mark) => ({
  ...markRequest(props, mark),
  user: { username: mark(props.user.displayName ?? props.user.username) },
  claims: props.claims.map((claim) =>
    claim.value === undefined ? claim : { ...claim, value: mark(readableValue(claim.name, claim.value, props.locale)) },
  ),
  ...(props.switchUserHref === undefined ? {} : { switchUserHref: mark(props.switchUserHref) }),
}))

function drawConsent(props: ConsentProps): string {
  const words = wordsOf(props.locale)
  const { consent } = words.text
  const { application, user } = props
  const name = <bdi>{application.name}</bdi>
  return renderFrame({
    page: props,
    words,
    title: words.say(consent.title, { application: application.name }),
    children: (
      <>
        <div class="application">
          {application.logoUrl === undefined ? (
            <Monogram name={application.name} large />
          ) : (
            <img class="application-logo" src={application.logoUrl} alt="" />
          )}
          <h1>{words.mix(consent.title, { application: name })}</h1>
          <p class="quiet small">
            {words.mix(consent.signedInAs, { user: <bdi class="strong">{user.username}</bdi> })}{' '}
            {props.switchUserHref === undefined ? null : <a href={props.switchUserHref}>{consent.switchUser}</a>}
          </p>
        </div>
        <NoticeArea words={words} notice={props.notice} />
        <Form form={props}>
          {props.purpose === undefined ? null : (
            <div class="purpose">
              <h2 class="overline">{consent.purpose}</h2>
              <p dir="auto">{props.purpose}</p>
            </div>
          )}
          {props.claims.length === 0 ? null : (
            <fieldset class="choices">
              <legend>{consent.claims}</legend>
              {props.claims.some(({ mandatory }) => !mandatory) ? <p class="hint">{consent.claimsHint}</p> : null}
              <ul>
                {props.claims.map((claim) => (
                  <Choice
                    words={words}
                    field="claim"
                    name={claim.name}
                    mandatory={claim.mandatory}
                    ticked={claim.allowed === true}
                    label={<span dir="auto">{claimLabel(words, claim)}</span>}
                  >
                    {claim.value === undefined ? <span class="missing">{consent.missing}</span> : <bdi>{claim.value}</bdi>}
                  </Choice>
                ))}
              </ul>
            </fieldset>
          )}
          {props.scopes.length === 0 ? null : (
            <fieldset class="choices">
              <legend>{consent.scopes}</legend>
              <ul>
                {props.scopes.map((scope) => {
                  const { label, description } = scopeWords(words, scope)
                  return (
                    <Choice
                      words={words}
                      field="scope"
                      name={scope.name}
                      mandatory={scope.mandatory}
                      ticked={scope.allowed === true}
                      label={label}
                      tag={scope.chosenAbove ? consent.chosenAbove : undefined}
                    >
                      {description === undefined ? null : <span dir="auto">{description}</span>}
                    </Choice>
                  )
                })}
              </ul>
            </fieldset>
          )}
          <div class="actions actions-pair">
            <button class="button button-primary" type="submit" name="decision" value="allow">
              {consent.allow}
            </button>
            <button class="button" type="submit" name="decision" value="deny">
              {consent.deny}
            </button>
          </div>
        </Form>
        <p class="quiet small">
          {consent.revoke}{' '}
          {props.redirectHost === undefined ? null : words.mix(consent.redirect, { host: <bdi>{props.redirectHost}</bdi> })}
        </p>
        <AboutApplication words={words} application={application} />
      </>
    ),
  })
}

type ChoiceProps = {
  words: Words
  field: 'claim' | 'scope'
  name: string
  mandatory: boolean
  ticked: boolean
  label: Child
  /** Instead of "required". */
  tag?: string | undefined
  children: Child
}

/** A disabled box is not posted, so a mandatory choice is posted by a hidden field beside it. */
function Choice({ words, field, name, mandatory, ticked, label, tag, children }: ChoiceProps) {
  const id = `${field}-${name}`
  return (
    <li class="choice">
      {mandatory ? <input type="hidden" name={field} value={name} /> : null}
      <input
        type="checkbox"
        id={id}
        name={field}
        value={name}
        checked={mandatory || ticked}
        disabled={mandatory}
        aria-describedby={children === null ? undefined : `${id}-detail`}
      />
      <div class="choice-text">
        <label for={id}>
          {label}
          {mandatory ? <span class="tag">{tag ?? words.text.consent.required}</span> : null}
        </label>
        {children === null ? null : (
          <p class="choice-detail" id={`${id}-detail`}>
            {children}
          </p>
        )}
      </div>
    </li>
  )
}

/** The links are the application's own words: nothing but a web address becomes one. */
function AboutApplication({ words, application }: { words: Words; application: ApplicationProps }) {
  const { consent } = words.text
  const links = [
    { href: application.websiteUrl, label: consent.website },
    { href: application.policyUrl, label: consent.policy },
    { href: application.termsUrl, label: consent.terms },
  ].flatMap(({ href, label }) => (href !== undefined && /^https?:\/\//.test(href) ? [{ href, label }] : []))
  if (links.length === 0) return null
  return (
    <nav class="about" aria-label={words.say(consent.about, { application: application.name })}>
      <p class="quiet small">{words.mix(consent.about, { application: <bdi>{application.name}</bdi> })}</p>
      <ul class="inline-list">
        {links.map(({ href, label }) => (
          <li>
            <a href={href} target="_blank" rel="noopener noreferrer">
              {label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function claimLabel(words: Words, claim: ConsentClaim): string {
  const { claims } = words.text
  return isKey(claims, claim.name) ? claims[claim.name] : (claim.label ?? claim.name)
}

function scopeWords(words: Words, scope: ConsentScope): { label: Child; description: string | undefined } {
  const { scopes } = words.text
  if (!isKey(scopes, scope.name)) return { label: <bdi class="code">{scope.name}</bdi>, description: scope.description }
  return { label: scopes[scope.name].name, description: scopes[scope.name].description }
}

function isKey<T extends object>(record: T, key: string): key is Extract<keyof T, string> {
  return Object.hasOwn(record, key)
}
