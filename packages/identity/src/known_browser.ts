/**
 * Which people have signed in from this browser, and who asked to be remembered in it. Their tries from here are counted apart, so a stranger who uses up the tries of a name elsewhere
 * does not lock the person out. The cookie proves their latest success, which forgives the tries before it: nothing is written or read for that.
 */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { BrowserId, CredentialId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { seal, unseal } from './seal.ts'

export const KNOWN_BROWSER_SECONDS = 180 * 86_400
/** The latest stay; a shared computer is nobody's in particular. */
const MOST_PEOPLE = 4
/** Another name for another content: older cookies are not understood, and forgotten. */
const PURPOSE = 'known_browser.2'

export type KnownBrowser = { readonly id: string; readonly people: readonly KnownPerson[] }
/** `latest`: the session that their last sign-in here led to, or would have, had there been none already. */
type KnownPerson = {
  readonly userId: UserId
  readonly latest: SessionId
  /** By which they said who they are; absent: the password. */
  readonly way?: FactorKind | undefined
  readonly remembered?: Remembered
}

/** For the factors that they proved with these credentials, each from then on (seconds since the epoch). Ends with the policy's time, a new password, the credential, or the stored browser. */
export type Remembered = {
  readonly id: BrowserId
  readonly securityEpoch: number
  /** Absent in cookies of before it mattered which: they remember nothing any more. */
  readonly factors?: readonly { readonly credential: CredentialId; readonly at: number }[]
}

export async function openKnownBrowser(ctx: TenantContext, cookie: string | undefined): Promise<KnownBrowser | undefined> {
  const text = cookie === undefined ? undefined : await unseal(ctx, PURPOSE, cookie)
  // Only `rememberUser` seals for this purpose, so the shape is known.
  return text === undefined ? undefined : (JSON.parse(text) as KnownBrowser)
}

/** The cookie after this person signed in here. Who was remembered before, and did not ask anew, still is. */
export async function rememberUser(ctx: TenantContext, known: KnownBrowser | undefined, person: KnownPerson): Promise<string> {
  const before = known?.people.find(({ userId }) => userId === person.userId)
  const others = (known?.people ?? []).filter(({ userId }) => userId !== person.userId)
  const next: KnownBrowser = { id: known?.id ?? ctx.random.token(16), people: [{ ...before, ...person }, ...others].slice(0, MOST_PEOPLE) }
  return seal(ctx, PURPOSE, JSON.stringify(next))
}

/** Has this person signed in here before? */
export function isKnownHere(known: KnownBrowser | undefined, id: UserId): boolean {
  return known?.people.some(({ userId }) => userId === id) ?? false
}

/** What was used last in this browser, whoever did: it tells nothing of the name that is given now. */
export function lastWay(known: KnownBrowser | undefined): FactorKind | undefined {
  const [latest] = known?.people ?? []
  return latest && (latest.way ?? 'password')
}
