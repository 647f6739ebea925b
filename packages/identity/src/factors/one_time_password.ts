/**
 * Codes by mail and by text message. A code is an HMAC of its challenge's nonce under a key of the tenant, cut to six digits: whoever has the store, or
 * the stream, has no code. Tries are reserved before anything is compared; a code is spent by one conditional write.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { EmailOtpCredential, SmsOtpCredential } from '@gatehouse/core/credential.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import {
  decideSend,
  MAGIC_LINK_SECONDS,
  ONE_TIME_PASSWORD_DIGITS,
  ONE_TIME_PASSWORD_SECONDS,
  plainCode,
} from '@gatehouse/core/one_time_password.ts'
import type { OneTimePassword } from '@gatehouse/store/one_time_password.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { derivedKey } from '../seal.ts'
import type { CodeOutcome, FactorUse, SendOutcome } from './factor_use.ts'
import { truncate } from './totp.ts'

const PURPOSE = 'one_time_password'
/** To one person, and to one address whosever it is: nobody is flooded, and nobody pays for a thousand text messages. */
const PER_PERSON = { name: 'one_time_password_person', limit: 20, windowSeconds: 3600 } as const
const PER_ADDRESS = { name: 'one_time_password_address', limit: 10, windowSeconds: 3600 } as const

export type Challenge = Pick<OneTimePassword, 'id' | 'kind' | 'purpose' | 'userId' | 'address' | 'clientId' | 'locale' | 'askedFrom'>

/** Of somebody, to somewhere. */
export type AddressedChallenge = Challenge & { readonly userId: UserId; readonly address: string }

/** The same row for both: where the code goes is the credential's. */
export const sentCode: FactorUse<EmailOtpCredential | SmsOtpCredential> = {
  async check(ctx, { user, credential, boundTo }, text) {
    const outcome = await checkOneTimePassword(ctx, challengeId('sign_in', boundTo, credential.id), text)
    if (outcome === 'right') await ctx.stores.credentials.markUsed(user.id, credential)
    return outcome
  },
  async send(ctx, { user, credential, boundTo, clientId, locale, knownBrowser }) {
    const challenge = {
      id: challengeId('sign_in', boundTo, credential.id),
      kind: credential.kind,
      purpose: 'sign_in' as const,
      userId: user.id,
      address: credential.address,
      ...(clientId === undefined ? {} : { clientId }),
      ...(locale === undefined ? {} : { locale }),
    }
    return sendOneTimePassword(ctx, challenge, knownBrowser)
  },
  async isSent(ctx, { credential, boundTo }) {
    return (await ctx.stores.oneTimePasswords.find(challengeId('sign_in', boundTo, credential.id))) !== undefined
  },
}

/** What a code is bound to: an interaction and a credential, or an enrolment. Another's cannot be named. */
export function challengeId(...boundTo: readonly string[]): string {
  return createHash('sha256').update(boundTo.join('\n')).digest('base64url')
}

/**
 * Its event makes the relay send it. `wait` also where the person or the address got enough of them this hour: counted apart for a browser that the person
 * has used before, so that nobody elsewhere uses them up.
 */
export function sendOneTimePassword(ctx: TenantContext, challenge: AddressedChallenge, knownBrowser = ''): Promise<SendOutcome> {
  return sendChallenge(ctx, challenge.id, async () => (await takePlace(ctx, challenge, knownBrowser)) ?? { kind: 'send', challenge })
}

/** What is to be sent, once it is clear that the challenge itself may be asked for again. */
export type Prepared = { readonly kind: 'send'; readonly challenge: Challenge } | SendOutcome

export async function sendChallenge(ctx: TenantContext, id: string, prepare: () => Promise<Prepared>): Promise<SendOutcome> {
  const { oneTimePasswords, shelf } = ctx.stores
  const now = nowSeconds(ctx)
  const before = await oneTimePasswords.find(id)
  const decision = before?.spentAt === undefined ? decideSend(before, now) : ({ kind: 'enough' } as const)
  if (decision.kind !== 'send') return decision
  const prepared = await prepare()
  if (prepared.kind !== 'send') return prepared
  const { challenge } = prepared
  const event = shelf.event('one_time_password.asked', {
    actor: ctx.actor,
    ...(challenge.userId === undefined ? {} : { userId: challenge.userId }),
    ...(challenge.clientId === undefined ? {} : { clientId: challenge.clientId }),
    data: { challenge: challenge.id, kind: challenge.kind, purpose: challenge.purpose },
  })
  const seconds = challenge.kind === 'magic_link' ? MAGIC_LINK_SECONDS : ONE_TIME_PASSWORD_SECONDS
  const next = { ...challenge, nonce: ctx.random.token(16), sentAt: now, expiresAt: now + seconds, ...decision.next }
  // Another tab asked at the same moment: a code is on its way.
  if (!(await oneTimePasswords.send(next, before, event))) return { kind: 'wait', seconds: 1 }
  return { kind: 'sent' }
}

export async function checkOneTimePassword(ctx: TenantContext, id: string, text: string): Promise<CodeOutcome> {
  return (await checkChallenge(ctx, id, text)).outcome
}

export type CheckedChallenge =
  | { readonly outcome: 'right'; readonly challenge: OneTimePassword }
  | { readonly outcome: Exclude<CodeOutcome, 'right'> }

/** `isGood`: what must hold of the challenge besides. Where it does not, the code is a wrong one. */
export async function checkChallenge(
  ctx: TenantContext,
  id: string,
  text: string,
  isGood: (challenge: OneTimePassword) => boolean = () => true,
): Promise<CheckedChallenge> {
  const { oneTimePasswords } = ctx.stores
  const challenge = await oneTimePasswords.reserveTry(id)
  if (challenge === undefined) return { outcome: 'expired' }
  const [given, expected] = [Buffer.from(plainCode(text)), Buffer.from(await oneTimePasswordOf(ctx, challenge))]
  const isRight = given.length === expected.length && timingSafeEqual(given, expected)
  if (!isRight || !isGood(challenge)) return { outcome: 'wrong' }
  return (await oneTimePasswords.spend(challenge)) ? { outcome: 'right', challenge } : { outcome: 'used' }
}

/** For the relay, which writes the message; of a magic link, what the browser that opened it shows, to be typed in the one that waits. */
export async function oneTimePasswordOf(ctx: TenantContext, { id, nonce }: Pick<OneTimePassword, 'id' | 'nonce'>): Promise<string> {
  const mac = createHmac('sha256', await derivedKey(ctx, PURPOSE))
    .update(`${id}\n${nonce}`)
    .digest()
  return truncate(mac, ONE_TIME_PASSWORD_DIGITS)
}

async function takePlace(
  { stores }: TenantContext,
  { userId, address }: AddressedChallenge,
  knownBrowser: string,
): Promise<SendOutcome | undefined> {
  for (const [limit, who] of [[PER_PERSON, userId] as const, [PER_ADDRESS, address] as const]) {
    const place = await stores.rates.take(limit, `${who}\n${knownBrowser}`)
    if (!place.allowed) return { kind: 'wait', seconds: place.retryAfterSeconds }
  }
  return undefined
}
