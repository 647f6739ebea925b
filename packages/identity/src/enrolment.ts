/**
 * A factor that is being enrolled, in My Account or in the midst of a sign-in. Until its first code was right, nothing is stored of it: it travels sealed, bound to
 * the person and to the session or interaction in which it was begun, so that nobody is given somebody else's.
 */
import type { Credential, EmailOtpCredential, SmsOtpCredential } from '@gatehouse/core/credential.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { ClientId, CredentialId, UserId } from '@gatehouse/core/ids.ts'
import { checkProfileChange, plainNumber } from '@gatehouse/core/profile_change.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { addCredential, newCredential } from './credentials.ts'
import type { SendOutcome } from './factors/factor_use.ts'
import { type AddressedChallenge, challengeId, checkOneTimePassword, sendOneTimePassword } from './factors/one_time_password.ts'
import { base32, findTotpStep, otpauthUri, SECRET_BYTES, sealTotpSecret } from './factors/totp.ts'
import { nowSeconds } from './interaction.ts'
import { seal, unseal } from './seal.ts'

const PURPOSE = 'enrolment'
export const ENROLMENT_SECONDS = 600

/** Kinds that are enrolled by a first code. */
export type EnrollableKind = Exclude<Credential['kind'], 'recovery_code' | 'passkey' | 'push' | 'x509'>
type SentKind = (EmailOtpCredential | SmsOtpCredential)['kind']

type Enrolment = {
  readonly id: CredentialId
  readonly userId: UserId
  /** The id of the session or interaction. */
  readonly boundTo: string
  /** Seconds since the epoch. */
  readonly expiresAt: number
} & ({ readonly kind: 'totp'; readonly secret: string /** base64url. */ } | { readonly kind: SentKind; readonly address: string })

export type TotpEnrolment = { readonly kind: 'totp'; readonly sealed: string; readonly key: string; readonly uri: string }
export type SentEnrolment = { readonly kind: SentKind; readonly sealed: string; readonly address: string; readonly outcome: SendOutcome }
export type BegunEnrolment = TotpEnrolment | SentEnrolment

export type EnrolledOutcome =
  | { readonly kind: 'enrolled'; readonly credential: Credential; readonly user: User }
  | { readonly kind: 'wrong' }
  /** Begun too long ago, elsewhere, or the code is good no more. */
  | { readonly kind: 'expired' }

/** Of the request, for the message. */
export type EnrolmentFacts = { readonly clientId?: ClientId; readonly locale?: string }

export function isEnrollable(kind: FactorKind | undefined): kind is EnrollableKind {
  return kind === 'totp' || kind === 'email_otp' || kind === 'sms_otp'
}

export async function beginTotp(ctx: TenantContext, user: User, boundTo: string): Promise<TotpEnrolment> {
  const secret = Buffer.from(ctx.random.bytes(SECRET_BYTES)).toString('base64url')
  return shownTotp(ctx, user, await sealEnrolment(ctx, { ...begun(ctx, user, boundTo), kind: 'totp', secret }), secret)
}

/** `address` was checked by `findAddressProblem`. */
export async function beginSent(
  ctx: TenantContext,
  user: User,
  kind: SentKind,
  address: string,
  boundTo: string,
  facts: EnrolmentFacts,
): Promise<SentEnrolment> {
  const enrolment = { ...begun(ctx, user, boundTo), kind, address: plainAddress(kind, address) }
  const outcome = await sendOneTimePassword(ctx, challengeOf(enrolment, facts))
  return { kind, sealed: await sealEnrolment(ctx, enrolment), address: enrolment.address, outcome }
}

/** What was begun, to be shown again; undefined when it is not this person's, not of here, or too old. */
export async function reopenEnrolment(
  ctx: TenantContext,
  user: User,
  boundTo: string,
  sealed: string,
): Promise<BegunEnrolment | undefined> {
  const enrolment = await openEnrolment(ctx, user, boundTo, sealed)
  if (enrolment === undefined) return undefined
  if (enrolment.kind === 'totp') return shownTotp(ctx, user, sealed, enrolment.secret)
  return { kind: enrolment.kind, sealed, address: enrolment.address, outcome: { kind: 'sent' } }
}

/** Another code to the same address. */
export async function resendEnrolment(
  ctx: TenantContext,
  user: User,
  boundTo: string,
  sealed: string,
  facts: EnrolmentFacts,
): Promise<SendOutcome | undefined> {
  const enrolment = await openEnrolment(ctx, user, boundTo, sealed)
  return enrolment === undefined || enrolment.kind === 'totp' ? undefined : sendOneTimePassword(ctx, challengeOf(enrolment, facts))
}

/** The first code is right: the factor is theirs from now on. `name` may be empty. */
export async function confirmEnrolment(
  ctx: TenantContext,
  user: User,
  given: { readonly boundTo: string; readonly sealed: string; readonly text: string; readonly name: string },
): Promise<EnrolledOutcome> {
  const enrolment = await openEnrolment(ctx, user, given.boundTo, given.sealed)
  if (enrolment === undefined) return { kind: 'expired' }
  const kept = { ...newCredential(ctx, given.name), id: enrolment.id, lastUsedAt: nowSeconds(ctx) }
  if (enrolment.kind === 'totp') {
    const secret = Buffer.from(enrolment.secret, 'base64url')
    const lastStep = findTotpStep(secret, given.text, nowSeconds(ctx))
    if (lastStep === undefined) return { kind: 'wrong' }
    const sealedSecret = await sealTotpSecret(ctx, user.id, enrolment.id, secret)
    return enrolled(ctx, user, { ...kept, kind: 'totp', sealedSecret, lastStep })
  }
  const outcome = await checkOneTimePassword(ctx, challengeOf(enrolment).id, given.text)
  if (outcome !== 'right') return { kind: outcome === 'wrong' ? 'wrong' : 'expired' }
  return enrolled(ctx, user, { ...kept, kind: enrolment.kind, address: enrolment.address })
}

export function findAddressProblem(kind: SentKind, typed: string): string | undefined {
  const field = kind === 'email_otp' ? 'email' : 'phone_number'
  return typed.trim() === '' ? 'required' : checkProfileChange({ [field]: typed }, [])[field]
}

async function enrolled(ctx: TenantContext, user: User, credential: Parameters<typeof addCredential>[2]): Promise<EnrolledOutcome> {
  return { kind: 'enrolled', credential, user: await addCredential(ctx, user.id, credential) }
}

function plainAddress(kind: SentKind, typed: string): string {
  return kind === 'email_otp' ? typed.trim() : plainNumber(typed)
}

function begun(ctx: TenantContext, user: User, boundTo: string) {
  return { id: newCredential(ctx, '').id, userId: user.id, boundTo, expiresAt: nowSeconds(ctx) + ENROLMENT_SECONDS }
}

function challengeOf(enrolment: Extract<Enrolment, { kind: SentKind }>, facts: EnrolmentFacts = {}): AddressedChallenge {
  const { id, kind, userId, address } = enrolment
  return { id: challengeId('enrolment', id), kind, purpose: 'enrolment', userId, address, ...facts }
}

function shownTotp(ctx: TenantContext, user: User, sealed: string, secret: string): TotpEnrolment {
  const bytes = Buffer.from(secret, 'base64url')
  return { kind: 'totp', sealed, key: base32(bytes), uri: otpauthUri(bytes, ctx.tenant.display_name, user.userName) }
}

function sealEnrolment(ctx: TenantContext, enrolment: Enrolment): Promise<string> {
  return seal(ctx, PURPOSE, JSON.stringify(enrolment))
}

async function openEnrolment(ctx: TenantContext, user: User, boundTo: string, sealed: string): Promise<Enrolment | undefined> {
  const text = await unseal(ctx, PURPOSE, sealed)
  if (text === undefined) return undefined
  // Only `sealEnrolment` seals for this purpose, so the shape is known.
  const enrolment = JSON.parse(text) as Enrolment
  const isHere = enrolment.userId === user.id && enrolment.boundTo === boundTo && enrolment.expiresAt > nowSeconds(ctx)
  return isHere ? enrolment : undefined
}
