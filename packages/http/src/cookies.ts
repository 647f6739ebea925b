/**
 * Names and attributes of all cookies. Each carries its tenant's name, and is `__Host-` where the tenant has a host of its own on https: no other host can
 * plant or read it (RFC 6265bis section 4.1.3).
 */
import { type InteractionId, isId } from '@gatehouse/core/ids.ts'
import { INTERACTION_SECONDS } from '@gatehouse/core/interaction/interaction.ts'
import { KNOWN_BROWSER_SECONDS } from '@gatehouse/identity/known_browser.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { getCookie, setCookie } from 'hono/cookie'
import type { HouseContext } from './house.ts'

type Noun = 'approval' | 'session' | 'browser' | 'unlocked' | 'language' | 'interaction'

/** Open at once in one browser; more would make the request's head too large for servers in between. */
export const MOST_INTERACTIONS = 3

export const readSessionCookie = (c: HouseContext) => read(c, 'session')
/** Without an age: it ends with the browser, and in any case with the stored session. */
export const setSessionCookie = (c: HouseContext, value: string) => write(c, cookieName(c.env.here, 'session'), value)
export const clearSessionCookie = (c: HouseContext) => write(c, cookieName(c.env.here, 'session'), '', 0)

export const readKnownBrowserCookie = (c: HouseContext) => read(c, 'browser')
export const setKnownBrowserCookie = (c: HouseContext, value: string) =>
  write(c, cookieName(c.env.here, 'browser'), value, KNOWN_BROWSER_SECONDS)

/** Which request somebody waits for in this browser. */
export const readApprovalCookie = (c: HouseContext) => read(c, 'approval')
export const setApprovalCookie = (c: HouseContext, value: string) => write(c, cookieName(c.env.here, 'approval'), value, 7 * 86_400)

export const readUnlockedCookie = (c: HouseContext) => read(c, 'unlocked')
export const setUnlockedCookie = (c: HouseContext, value: string, seconds: number) =>
  write(c, cookieName(c.env.here, 'unlocked'), value, seconds)

export const readLanguageCookie = (c: HouseContext) => read(c, 'language')
export const setLanguageCookie = (c: HouseContext, locale: string) => write(c, cookieName(c.env.here, 'language'), locale)

export const readInteractionCookie = (c: HouseContext, id: InteractionId) => cookiesOf(c)[interactionCookieName(c.env.here, id)]
export const clearInteractionCookie = (c: HouseContext, id: InteractionId) => write(c, interactionCookieName(c.env.here, id), '', 0)

/** Of those that are open in this browser, as far as its cookies say. */
export function interactionIds(c: HouseContext): InteractionId[] {
  const prefix = `${cookieName(c.env.here, 'interaction')}.`
  const names = Object.keys(cookiesOf(c)).filter((name) => name.startsWith(prefix))
  return names.map((name) => name.slice(prefix.length)).filter((id) => isId('int', id))
}

/** A browser's oldest interactions make room. */
export function setInteractionCookie(c: HouseContext, id: InteractionId, value: string): void {
  const name = interactionCookieName(c.env.here, id)
  const prefix = `${cookieName(c.env.here, 'interaction')}.`
  const others = Object.keys(cookiesOf(c)).filter((other) => other.startsWith(prefix) && other !== name)
  // Ids begin with the time, so names sort by age.
  const tooMany = others.sort().slice(0, Math.max(0, others.length - (MOST_INTERACTIONS - 1)))
  for (const old of tooMany) write(c, old, '', 0)
  write(c, name, value, INTERACTION_SECONDS)
}

/** Those of adaptive scripts: a name of their own beside ours, and this host's only. */
export const readScriptCookie = (c: HouseContext, name: string) => cookiesOf(c)[scriptCookieName(c.env.here, name)]
export function setScriptCookie(
  c: HouseContext,
  name: string,
  value: string,
  maxAge: number | undefined,
  sameSite: 'Lax' | 'Strict',
): void {
  const { here } = c.env
  const attributes = { path: here.basePath || '/', httpOnly: true, sameSite, secure: here.origin.startsWith('https:') } as const
  setCookie(c, scriptCookieName(here, name), value, { ...attributes, ...(maxAge === undefined ? {} : { maxAge }) })
}

type Place = Pick<TenantContext, 'tenant' | 'basePath' | 'origin'>

export function cookieName(here: Place, noun: Noun): string {
  return `${ownsHost(here) ? '__Host-' : ''}gatehouse.${here.tenant.id}.${noun}`
}

function scriptCookieName(here: Place, name: string): string {
  return `${ownsHost(here) ? '__Host-' : ''}gatehouse.${here.tenant.id}.script.${name}`
}

export function interactionCookieName(here: Place, id: InteractionId): string {
  return `${cookieName(here, 'interaction')}.${id}`
}

function read(c: HouseContext, noun: Noun): string | undefined {
  return cookiesOf(c)[cookieName(c.env.here, noun)]
}

const parsed = new WeakMap<Request, Readonly<Record<string, string>>>()

/** As they came; asked several times for each request, parsed once. */
function cookiesOf(c: HouseContext): Readonly<Record<string, string>> {
  const known = parsed.get(c.req.raw)
  if (known !== undefined) return known
  const cookies = getCookie(c)
  parsed.set(c.req.raw, cookies)
  return cookies
}

function write(c: HouseContext, name: string, value: string, maxAge?: number): void {
  const { here } = c.env
  setCookie(c, name, value, {
    path: here.basePath || '/',
    httpOnly: true,
    sameSite: 'Lax',
    secure: here.origin.startsWith('https:'),
    ...(maxAge === undefined ? {} : { maxAge }),
  })
}

function ownsHost(here: Place): boolean {
  return here.basePath === '' && here.origin.startsWith('https:')
}
