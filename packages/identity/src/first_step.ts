/**
 * A first step without a password: a code or a link that is sent to an address which the person has proven. A name that nobody has, and one whose person has no
 * such address, get a challenge, a try and an answer like any other, by the same calls; only the relay finds no receiver.
 */
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { ClientId, InteractionId, SessionId } from '@gatehouse/core/ids.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { shownPlaceOf } from '@gatehouse/core/place.ts'
import { primaryEmail, primaryPhoneNumber, type User } from '@gatehouse/core/user.ts'
import { foldName, hashOf } from '@gatehouse/store/keys.ts'
import type { OneTimePassword } from '@gatehouse/store/one_time_password.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { TriesOf } from '@gatehouse/store/tries.ts'
import type { CheckOutcome, SendOutcome } from './factors/factor_use.ts'
import { challengeId, checkChallenge, type Prepared, sendChallenge } from './factors/one_time_password.ts'
import type { KnownBrowser } from './known_browser.ts'
import { placeOf } from './place.ts'

export type SentWay = OneTimePassword['kind']

export type NamedFirst = {
  readonly way: SentWay
  /** As it was typed. */
  readonly userName: string
  /** What was sent for another interaction is not good here. */
  readonly interactionId: InteractionId
  readonly knownBrowser: KnownBrowser | undefined
}

export type FirstOutcome =
  | { readonly kind: 'right'; readonly user: User }
  | { readonly kind: Exclude<CheckOutcome, 'right'> }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }

/** For one name: counted before anybody asks whose it is, so that it tells nothing. */
const PER_NAME = { name: 'first_step_name', limit: 10, windowSeconds: 3600 } as const
const PER_NETWORK = { name: 'first_step_network', windowSeconds: 3600 } as const
const LIMIT_OF_NETWORK = 60
const LIMIT_OF_CROWD = 3000
/** To one address, whosever name was given: nobody is told when it is full, and nothing more arrives there. Apart from codes that follow a password. */
const PER_ADDRESS = { name: 'first_step_address', limit: 10, windowSeconds: 3600 } as const

const RECEIVERS: Readonly<Record<SentWay, (user: User) => { readonly value: string; readonly verified: boolean } | undefined>> = {
  email_otp: primaryEmail,
  magic_link: primaryEmail,
  sms_otp: primaryPhoneNumber,
}

export function isSentWay(kind: FactorKind | null | undefined): kind is SentWay {
  return typeof kind === 'string' && Object.hasOwn(RECEIVERS, kind)
}

/** Where it would go: nowhere, unless the address was proven and the person may sign in. */
export function receiverOf(user: User | undefined, way: SentWay): string | undefined {
  const address = user?.active ? RECEIVERS[way](user) : undefined
  return address?.verified ? address.value : undefined
}

export async function sendFirst(
  ctx: TenantContext,
  named: NamedFirst,
  facts: { readonly clientId?: ClientId; readonly locale: string },
): Promise<SendOutcome> {
  const { user, knownBrowser = '' } = await findNamed(ctx, named)
  const id = idOf(named)
  const address = receiverOf(user, named.way)
  const askedFrom = await askedFromOf(ctx)
  return sendChallenge(ctx, id, async (): Promise<Prepared> => {
    const full = await takePlaces(ctx, named, knownBrowser)
    if (full !== undefined) return full
    const place = await ctx.stores.rates.take(PER_ADDRESS, `${address ?? foldName(named.userName)}\n${knownBrowser}`)
    const to = user === undefined || address === undefined || !place.allowed ? {} : { userId: user.id, address }
    return { kind: 'send', challenge: { id, kind: named.way, purpose: 'first_step', askedFrom, ...to, ...facts } }
  })
}

/** Tries are counted for the name's person and factor, over all interactions and networks, and for the challenge; a wrong one counts for the network, too. */
export async function checkFirst(ctx: TenantContext, named: NamedFirst, text: string, sessionId: SessionId): Promise<FirstOutcome> {
  const network = networkOf(ctx.actor.ip)
  const { user, knownBrowser, latest } = await findNamed(ctx, named)
  const delay = await ctx.stores.networkTries.findDelay(network)
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }

  const factor = `first.${named.way}` as const
  const of: TriesOf = user
    ? { userId: user.id, factor, ...(knownBrowser === undefined ? {} : { knownBrowser }) }
    : { nobody: named.userName, factor }
  const reservation = await ctx.stores.tries.reserve(of, sessionId, await ctx.stores.tries.find(of), latest)
  if (reservation.kind === 'locked') return reservation

  // A link has no code before it was opened in another browser, and confirmed there.
  const isOpen = (challenge: OneTimePassword) => challenge.kind !== 'magic_link' || challenge.confirmedAt !== undefined
  const checked = await checkChallenge(ctx, idOf(named), text, (challenge) => isOpen(challenge) && isFor(challenge, user))
  if (checked.outcome === 'right' && user) return { kind: 'right', user }
  const kind = reservation.lockedUntil > 0 ? 'sign_in.locked' : 'sign_in.failed'
  const facts = { actor: ctx.actor, ...(user ? { userId: user.id } : {}), data: { factor: named.way } }
  await ctx.stores.networkTries.count(network, ctx.stores.shelf.event(kind, facts))
  return { kind: checked.outcome === 'right' ? 'wrong' : checked.outcome }
}

/** It was sent to this person, at an address that is still theirs. */
export function isFor({ userId, address, kind }: OneTimePassword, user: User | undefined): boolean {
  return user !== undefined && userId === user.id && address !== undefined && address === receiverOf(user, kind)
}

export function idOf({ way, interactionId, userName }: Omit<NamedFirst, 'knownBrowser'>): string {
  return challengeId('first_step', interactionId, way, foldName(userName))
}

async function askedFromOf(ctx: TenantContext): Promise<NonNullable<OneTimePassword['askedFrom']>> {
  const place = shownPlaceOf(await placeOf(ctx))
  return { ...(ctx.actor.ip === undefined ? {} : { ip: ctx.actor.ip }), ...(place === undefined ? {} : { place }) }
}

type Named = { readonly user: User | undefined; readonly knownBrowser?: string; readonly latest?: SessionId }

/** Two reads, whether somebody has the name or not. */
async function findNamed(ctx: TenantContext, { userName, knownBrowser }: NamedFirst): Promise<Named> {
  const holder = await ctx.stores.users.findNameHolder(userName)
  const id = holder?.kind === 'user' ? holder.userId : (`usr_${hashOf(foldName(userName))}` as const)
  const user = await ctx.stores.users.find(id)
  const signedInHere = knownBrowser?.people.find(({ userId }) => userId === user?.id)
  return { user, ...(knownBrowser && signedInHere ? { knownBrowser: knownBrowser.id, latest: signedInHere.latest } : {}) }
}

async function takePlaces(ctx: TenantContext, { userName }: NamedFirst, knownBrowser: string): Promise<SendOutcome | undefined> {
  const network = networkOf(ctx.actor.ip)
  const perNetwork = { ...PER_NETWORK, limit: isCrowd(network) ? LIMIT_OF_CROWD : LIMIT_OF_NETWORK }
  for (const [limit, who] of [[perNetwork, network] as const, [PER_NAME, `${foldName(userName)}\n${knownBrowser}`] as const]) {
    const place = await ctx.stores.rates.take(limit, who)
    if (!place.allowed) return { kind: 'wait', seconds: place.retryAfterSeconds }
  }
  return undefined
}
