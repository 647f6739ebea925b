/** A whole sign-in as a person's browser and the application do it: from the authorization request to the tokens. */
import { createHash, randomBytes } from 'node:crypto'
import { CLIENT, PASSWORD, SCOPE } from '../servers/client.ts'
import { type Browser, openBrowser, type Page, parseForm } from './browser.ts'
import { FORM, send } from './http_client.ts'
import type { Metadata } from './subject.ts'

export type Tokens = { readonly access_token: string; readonly refresh_token: string; readonly id_token: string; readonly requests: number }

const [REDIRECT_URI] = CLIENT.redirect_uris
export const BASIC = `Basic ${Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64')}`

/** `ask`: asked for in so many words, so that a person who consented before is asked again. */
export type Consent = 'ask' | 'known'

/** Throws where the sign-in takes another way than password, consent, code. */
export async function signIn(metadata: Metadata, username: string, consent: Consent): Promise<Tokens> {
  const browser = openBrowser()
  const verifier = randomBytes(32).toString('base64url')
  const loginPage = await browser.follow(await browser.once(authorizationUrl(metadata, verifier, consent)), REDIRECT_URI)
  const login = parseForm(loginPage)
  const afterLogin = await browser.once(login.action, encode(login.fields, { username, password: PASSWORD }))
  const next = await browser.follow(afterLogin, REDIRECT_URI)
  const code = authorizationCodeOf(consent === 'known' ? next : await allow(browser, next))

  const body = new URLSearchParams({
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
  }).toString()
  const answer = await send({ method: 'POST', url: metadata.token_endpoint, headers: { ...FORM, authorization: BASIC }, body })
  return { ...parseTokens(answer.body), requests: browser.requests + 1 }
}

async function allow(browser: Browser, consentPage: Page): Promise<Page> {
  const { action, fields } = parseForm(consentPage)
  return browser.follow(await browser.once(action, encode(fields, { decision: 'allow' })), REDIRECT_URI)
}

/** Where the house's own sign-in page is; nobody is signed in. */
export async function openLoginPage(metadata: Metadata): Promise<{ browser: ReturnType<typeof openBrowser>; page: Page }> {
  const browser = openBrowser()
  const first = await browser.once(authorizationUrl(metadata, randomBytes(32).toString('base64url'), 'known'))
  return { browser, page: await browser.follow(first, REDIRECT_URI) }
}

export function encode(fields: ReadonlyMap<string, string>, more: Readonly<Record<string, string>>): string {
  return new URLSearchParams({ ...Object.fromEntries(fields), ...more }).toString()
}

function authorizationUrl(metadata: Metadata, verifier: string, consent: Consent): string {
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: CLIENT.client_id,
    redirect_uri: REDIRECT_URI,
    scope: SCOPE,
    ...(consent === 'ask' ? { prompt: 'consent' } : {}),
    state: randomBytes(16).toString('base64url'),
    nonce: randomBytes(16).toString('base64url'),
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  })
  return `${metadata.authorization_endpoint}?${query}`
}

function authorizationCodeOf(page: Page): string {
  const code = page.url.startsWith(REDIRECT_URI) ? new URL(page.url).searchParams.get('code') : null
  if (code === null) throw new Error(`no authorization code came: ${page.status} ${page.url} ${page.body.slice(0, 300)}`)
  return code
}

export function parseTokens(body: string): Omit<Tokens, 'requests'> {
  const answer: unknown = JSON.parse(body)
  const text = (name: string): string => {
    const value: unknown = typeof answer === 'object' && answer !== null ? Reflect.get(answer, name) : undefined
    if (typeof value !== 'string') throw new Error(`no ${name} in ${body}`)
    return value
  }
  return { access_token: text('access_token'), refresh_token: text('refresh_token'), id_token: text('id_token') }
}
