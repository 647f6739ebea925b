/**
 * Approval in My Account, as a sign-in uses it: a request is opened, a number is shown, and the sign-in goes on when the person has picked it elsewhere. Nothing is guessed here, so
 * no try is counted; that nobody is worn down by requests, limits see to: growing pauses within a sign-in, few per hour, two open at a time, none for a while after a no.
 */
import { createHash, createHmac } from 'node:crypto'
import type { PushCredential } from '@gatehouse/core/credential.ts'
import { decideSend } from '@gatehouse/core/one_time_password.ts'
import { shownPlaceOf } from '@gatehouse/core/place.ts'
import { isPushOpen, isPushOver, MOST_OPEN, numbersOf, PUSH_SECONDS, type PushId, type PushRequest } from '@gatehouse/core/push.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { placeOf } from '../place.ts'
import { derivedKey } from '../seal.ts'
import type { FactorUse, SendOutcome, Use } from './factor_use.ts'

const PURPOSE = 'push'
const PER_PERSON = { name: 'push_person', limit: 10, windowSeconds: 3600 } as const
/** After "it was not me" the next may be opened in the next of these windows. */
export const PAUSE = { name: 'push_denied', limit: 1, windowSeconds: 900 } as const

export const push: FactorUse<PushCredential> = {
  nothingToGuess: true,
  async check(ctx, use) {
    const request = await findPush(ctx, use)
    if (request === undefined) return 'expired'
    if (request.state === 'denied' || request.state === 'used') return request.state
    if (isPushOver(request, nowSeconds(ctx))) return 'expired'
    if (request.state === 'open') return isPushOpen(request, nowSeconds(ctx)) ? 'pending' : 'expired'
    if (!(await ctx.stores.pushRequests.use(request))) return 'used'
    await ctx.stores.credentials.markUsed(use.user.id, use.credential)
    return 'right'
  },
  async send(ctx, use) {
    const now = nowSeconds(ctx)
    const before = await findPush(ctx, use)
    const decision = decideSend(before, now)
    if (decision.kind !== 'send') return decision
    const limitedAs = createHash('sha256')
      .update(`${use.user.id}\n${use.knownBrowser ?? ''}`)
      .digest('base64url')
    const full = await takePlace(ctx, use, limitedAs)
    if (full !== undefined) return full
    const place = shownPlaceOf(await placeOf(ctx))
    const { ip, userAgent } = ctx.actor
    const request: PushRequest = {
      id: idOf(use),
      userId: use.user.id,
      nonce: ctx.random.token(16),
      state: 'open',
      askedAt: now,
      expiresAt: now + PUSH_SECONDS,
      ...decision.next,
      sessions: use.sessions ?? [],
      limitedAs,
      ...(use.clientId === undefined ? {} : { clientId: use.clientId }),
      ...(ip === undefined ? {} : { ip }),
      ...(userAgent === undefined ? {} : { userAgent }),
      ...(place === undefined ? {} : { place }),
    }
    const event = ctx.stores.shelf.event('push.asked', {
      actor: ctx.actor,
      userId: use.user.id,
      ...(use.clientId === undefined ? {} : { clientId: use.clientId }),
    })
    // Somebody was faster: theirs stands.
    return (await ctx.stores.pushRequests.open(request, before, event)) ? { kind: 'sent' } : { kind: 'wait', seconds: 30 }
  },
  async isSent(ctx, use) {
    return (await findPush(ctx, use)) !== undefined
  },
}

/** What the page that waits shows; undefined where nothing is open. */
export async function shownNumber(ctx: TenantContext, use: Use<PushCredential>): Promise<string | undefined> {
  const request = await findPush(ctx, use)
  return request && isPushOpen(request, nowSeconds(ctx)) ? (await pushNumbers(ctx, request)).number : undefined
}

/** By a key that the store does not have: whoever reads the store learns no number. */
export async function pushNumbers(ctx: TenantContext, { id, nonce }: PushRequest): Promise<ReturnType<typeof numbersOf>> {
  const key = await derivedKey(ctx, PURPOSE)
  return numbersOf(createHmac('sha256', key).update(`${id}\n${nonce}`).digest())
}

async function findPush(ctx: TenantContext, use: Use<PushCredential>): Promise<PushRequest | undefined> {
  return ctx.stores.pushRequests.find(use.user.id, idOf(use))
}

/** Of an interaction and a credential: another's cannot be named. */
function idOf({ boundTo, credential }: Use<PushCredential>): PushId {
  return `psh_${createHash('sha256').update(`push\n${boundTo}\n${credential.id}`).digest('base64url')}`
}

async function takePlace(
  { stores }: TenantContext,
  { user, boundTo, credential }: Use<PushCredential>,
  as: string,
): Promise<SendOutcome | undefined> {
  const paused = await stores.rates.peek(PAUSE, as)
  if (!paused.allowed) return { kind: 'wait', seconds: paused.retryAfterSeconds }
  const own = idOf({ user, boundTo, credential })
  const open = (await stores.pushRequests.listOpen(user.id)).filter(({ id }) => id !== own)
  if (open.length >= MOST_OPEN) return { kind: 'wait', seconds: PUSH_SECONDS }
  const place = await stores.rates.take(PER_PERSON, as)
  return place.allowed ? undefined : { kind: 'wait', seconds: place.retryAfterSeconds }
}
