/**
 * Somebody forgot their password or user name. What is done here is the same whoever was named: limits, one item, one event. Who it is, is looked up by the
 * relay (`recovery_delivery.ts`), so that neither the answer nor its time tells whether there is such a person.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { ClientId, InteractionId } from '@gatehouse/core/ids.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { decideSend, ONE_TIME_PASSWORD_DIGITS, ONE_TIME_PASSWORD_SECONDS, plainCode } from '@gatehouse/core/one_time_password.ts'
import { recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import { foldName } from '@gatehouse/store/keys.ts'
import type { Recovery, RecoveryQuestion } from '@gatehouse/store/recovery.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { mayBeRecovered } from './come_back.ts'
import type { SendOutcome } from './factors/factor_use.ts'
import { challengeId } from './factors/one_time_password.ts'
import { truncate } from './factors/totp.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser } from './known_browser.ts'
import { askedReason, sealRecoveryLink } from './recovery_link.ts'
import { derivedKey } from './seal.ts'

const PER_NETWORK = { name: 'recovery_network', limit: 30, windowSeconds: 3600 } as const
const PER_NETWORK_OF_CROWD = { ...PER_NETWORK, limit: 1000 } as const
const PER_NAME = { name: 'recovery_name', limit: 10, windowSeconds: 3600 } as const
/** How long the browser that typed the right code may take to choose a password. */
const TYPED_CODE_SECONDS = 900

export type Asking = {
  readonly question: RecoveryQuestion
  readonly interaction: InteractionId
  readonly clientId?: ClientId
  readonly locale?: string
  readonly knownBrowser?: KnownBrowser | undefined
}

export async function askRecovery(ctx: TenantContext, asking: Asking): Promise<SendOutcome> {
  const { question, interaction, clientId, locale, knownBrowser } = asking
  const { recoveries, shelf } = ctx.stores
  const id = recoveryId(interaction, question)
  const now = nowSeconds(ctx)
  const before = await recoveries.find(id)
  const decision = before?.spentAt === undefined ? decideSend(before, now) : ({ kind: 'enough' } as const)
  if (decision.kind !== 'send') return decision
  const full = await takePlace(ctx, asking)
  if (full !== undefined) return full
  const event = shelf.event('recovery.asked', { actor: ctx.actor, data: { recovery: id, what: question.what, way: question.way } })
  const next = {
    id,
    question,
    interaction,
    ...(clientId === undefined ? {} : { clientId }),
    ...(locale === undefined ? {} : { locale }),
    ...(knownBrowser === undefined ? {} : { browser: { id: knownBrowser.id, userIds: knownBrowser.people.map(({ userId }) => userId) } }),
    nonce: ctx.random.token(16),
    expiresAt: now + ONE_TIME_PASSWORD_SECONDS,
    ...decision.next,
  }
  return (await recoveries.ask(next, before, event)) ? { kind: 'sent' } : { kind: 'wait', seconds: 1 }
}

/** Was this asked in this interaction before? */
export async function isAsked(ctx: TenantContext, interaction: InteractionId, question: RecoveryQuestion): Promise<boolean> {
  return (await ctx.stores.recoveries.find(recoveryId(interaction, question))) !== undefined
}

/** How often this network asked within the hour: a program's work, where it is often. Reads only. */
export function countAsked(ctx: TenantContext): Promise<number> {
  const network = networkOf(ctx.actor.ip)
  return ctx.stores.rates.count(isCrowd(network) ? PER_NETWORK_OF_CROWD : PER_NETWORK, network)
}

export type CodeOutcome =
  /** `token`: of the page that sets the password, good in this browser only. */
  | { readonly kind: 'right'; readonly token: string }
  | { readonly kind: 'wrong' | 'expired' }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }

/** A try is taken before anything is compared, and the same is compared for a name that nobody has: its code was sent to nobody, and is good for nothing. */
export async function checkRecoveryCode(
  ctx: TenantContext,
  interaction: InteractionId,
  question: RecoveryQuestion,
  text: string,
): Promise<CodeOutcome> {
  const network = networkOf(ctx.actor.ip)
  const { delay } = await ctx.stores.networkTries.find(network)
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }
  const recovery = await ctx.stores.recoveries.reserveTry(recoveryId(interaction, question))
  if (recovery === undefined) return { kind: 'expired' }
  const [given, expected] = [Buffer.from(plainCode(text)), Buffer.from(await recoveryCodeOf(ctx, recovery))]
  const right = given.length === expected.length && timingSafeEqual(given, expected)
  if (!right || recovery.userId === undefined) {
    const event = ctx.stores.shelf.event('sign_in.failed', {
      actor: ctx.actor,
      ...(recovery.userId === undefined ? {} : { userId: recovery.userId }),
      data: { factor: 'recovery' },
    })
    await ctx.stores.networkTries.count(network, event)
    return { kind: 'wrong' }
  }
  if (!(await ctx.stores.recoveries.spend(recovery))) return { kind: 'wrong' }
  const record = await ctx.stores.users.findRecord(recovery.userId, { consistent: true })
  if (!record || !mayBeRecovered(ctx, record.user) || recovery.address === undefined) return { kind: 'expired' }
  const of = { record, because: askedReason(record), address: recovery.address, interaction, onlyHere: true } as const
  return { kind: 'right', token: await sealRecoveryLink(ctx, of, TYPED_CODE_SECONDS) }
}

/** For the relay, which writes the message. */
export async function recoveryCodeOf(ctx: TenantContext, { id, nonce }: Pick<Recovery, 'id' | 'nonce'>): Promise<string> {
  const mac = createHmac('sha256', await derivedKey(ctx, 'recovery_code_sent'))
    .update(`${id}\n${nonce}`)
    .digest()
  return truncate(mac, ONE_TIME_PASSWORD_DIGITS)
}

export function mayRecover(ctx: Pick<TenantContext, 'tenant'>, { what, way }: RecoveryQuestion): boolean {
  const policy = recoveryPolicyOf(ctx.tenant)
  return what === 'password' ? policy.password.includes(way) : policy.userName.includes(way)
}

function recoveryId(interaction: InteractionId, { what, way, typed }: RecoveryQuestion): string {
  return challengeId('recovery', interaction, what, way, foldName(typed))
}

/** Of the network, and of what was typed, whosever it is. A browser that somebody has used before is counted apart. */
async function takePlace(ctx: TenantContext, { question, knownBrowser }: Asking): Promise<SendOutcome | undefined> {
  const network = networkOf(ctx.actor.ip)
  const limits = [
    [isCrowd(network) ? PER_NETWORK_OF_CROWD : PER_NETWORK, network],
    [PER_NAME, `${question.what}\n${foldName(question.typed)}\n${knownBrowser?.id ?? ''}`],
  ] as const
  for (const [limit, who] of limits) {
    const place = await ctx.stores.rates.take(limit, who)
    if (!place.allowed) return { kind: 'wait', seconds: place.retryAfterSeconds }
  }
  return undefined
}
