/**
 * The link that sets a password. It is good once, until a time, for the person and the password that it was made for: another password, by whatever way, ends
 * it. What is stored of it is only that it was used.
 */

import type { Credential } from '@gatehouse/core/credential.ts'
import { type InteractionId, isId, type UserId } from '@gatehouse/core/ids.ts'
import { recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { foldAddress, hashOf } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { UserRecord } from '@gatehouse/store/user.ts'
import { mayBeRecovered } from './come_back.ts'
import { consumeLink, consumeLinkWrite, findSealedLink, peekSealedLink, type SealedLink, sealLink } from './sealed_link.ts'
import { usable } from './sign_in_steps.ts'

/** Why a password is to be set: what the page says. */
export type RecoveryReason = 'recovery' | 'not_me' | 'no_password' | 'forced' | 'invitation'

/** Short names: it may stand in a text message. */
type Facts = {
  readonly u: UserId
  readonly because: RecoveryReason
  /** Of the address that it was sent to. */
  readonly at: string
  /** Of the password that there was. */
  readonly pw: string
  /** Whose sign-in goes on afterwards, in the browser that has it. */
  readonly i?: InteractionId
  /** The code was typed in that very browser: elsewhere the link is none. */
  readonly here?: true
  /** The invitation that it is of. */
  readonly v?: string
}

export type RecoveryLink = {
  readonly sealed: SealedLink<Facts>
  readonly user: User
  readonly because: RecoveryReason
  readonly interaction: InteractionId | undefined
  readonly onlyHere: boolean
  readonly invitation: string | undefined
  /** The address that it was sent to. */
  readonly address: string
}

export type LinkOf = {
  readonly record: Pick<UserRecord, 'user' | 'password' | 'revokedPassword'>
  readonly because: RecoveryReason
  readonly address: string
  readonly interaction?: InteractionId | undefined
  readonly onlyHere?: boolean
  readonly invitation?: string
}

const CHARACTERS = 12
/** Passwords that are compared with the present one, and the former ones, by one link. */
const COMPARED = { name: 'recovery_compared', limit: 10, windowSeconds: 86_400 } as const

export async function sealRecoveryLink(ctx: TenantContext, of: LinkOf, ttlSeconds: number): Promise<string> {
  const { record, because, address, interaction, onlyHere = false, invitation } = of
  const facts: Facts = {
    u: record.user.id,
    because,
    at: hashOfAddress(address),
    pw: hashOfPassword(record),
    ...(interaction === undefined ? {} : { i: interaction }),
    ...(onlyHere ? { here: true } : {}),
    ...(invitation === undefined ? {} : { v: invitation }),
  }
  return sealLink(ctx, 'recovery', facts, ttlSeconds)
}

export function recoveryUrl(ctx: TenantContext, token: string): string {
  return `${ctx.issuer}/recover/password?token=${token}`
}

/** What a link that somebody asked for is called: of a password that they forgot, or had none of. */
export function askedReason({ password, revokedPassword }: Pick<UserRecord, 'password' | 'revokedPassword'>): 'recovery' | 'no_password' {
  return password === undefined && revokedPassword === undefined ? 'no_password' : 'recovery'
}

/** Undefined when it is not of here, too old, used, its person is suspended or has another password by now, or the address is theirs no more. */
export async function findRecoveryLink(ctx: TenantContext, token: string): Promise<RecoveryLink | undefined> {
  const sealed = await findSealedLink<Facts>(ctx, 'recovery', token)
  if (sealed === undefined || !isId('usr', sealed.facts.u)) return undefined
  const { u, because, at, pw, i, here = false, v } = sealed.facts
  const record = await ctx.stores.users.findRecord(u, { consistent: true })
  if (!record || !mayBeRecovered(ctx, record.user) || hashOfPassword(record) !== pw) return undefined
  // A newer one ends it.
  if (because === 'invitation' && (await ctx.stores.userInvitations.find(u))?.id !== v) return undefined
  const { user } = record
  const address = [...user.emails, ...user.phoneNumbers].find(
    // The invitation is what verifies it.
    ({ value, verified }) => (verified || because === 'invitation') && hashOfAddress(value) === at,
  )?.value
  return address === undefined ? undefined : { sealed, user, because, interaction: i, onlyHere: here, invitation: v, address }
}

/** What a link that was made here is, or was, for: also of one that is good no more. */
export async function reasonOfLink(ctx: TenantContext, token: string): Promise<RecoveryReason | undefined> {
  return (await peekSealedLink<Facts>(ctx, 'recovery', token))?.facts.because
}

/**
 * May this link have one more password compared? Whoever has the mailbox is told that a password is the present one, and must not find it out by trying: with the codes
 * that the mailbox may get besides, it would be the whole sign-in. A link that was used so often is spent.
 */
export async function takeComparison(ctx: TenantContext, { sealed }: RecoveryLink): Promise<boolean> {
  if ((await ctx.stores.rates.take(COMPARED, sealed.id)).allowed) return true
  await consumeLink(ctx, 'recovery', sealed)
  return false
}

/** To stand in the transaction that sets the password. */
export function useRecoveryLinkWrite(ctx: TenantContext, { sealed, user, because }: RecoveryLink): Write {
  const event = ctx.stores.shelf.event('recovery.used', { actor: ctx.actor, userId: user.id, data: { because } })
  return consumeLinkWrite(ctx, 'recovery', sealed, event)
}

/**
 * What has to be proven beside the link: where the mailbox or phone that it was sent to also gets the codes of the person's second factor, whoever has it would have
 * both. `nothing`; one of these; or `impossible`, where there is none that could be.
 */
export async function provenBeside(
  ctx: TenantContext,
  user: User,
  address: string,
): Promise<'nothing' | 'impossible' | readonly Credential[]> {
  if (recoveryPolicyOf(ctx.tenant).bySecondFactor || (user.factors ?? []).length === 0) return 'nothing'
  const credentials = usable(ctx, await ctx.stores.credentials.list(user.id, { consistent: true }))
  const isSame = (one: Credential) => 'address' in one && foldAddress(one.address) === foldAddress(address)
  if (!credentials.some(isSame)) return 'nothing'
  const others = credentials.filter(({ kind }) => kind === 'totp' || kind === 'recovery_code')
  return others.length === 0 ? 'impossible' : others
}

function hashOfAddress(address: string): string {
  return hashOf(foldAddress(address), CHARACTERS)
}

/** One that was taken out of force counts as well: what was sent before it was set is good no more when it is taken out. */
function hashOfPassword({ password, revokedPassword }: Pick<UserRecord, 'password' | 'revokedPassword'>): string {
  return hashOf(password?.hash ?? (revokedPassword === undefined ? 'none' : `${revokedPassword.hash}\nrevoked`), CHARACTERS)
}
