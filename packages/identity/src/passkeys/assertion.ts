/**
 * Signing in by passkey: WebAuthn Level 3 section 7.2. The signature is checked first, then one conditional write spends the challenge and raises the counter.
 * Nobody guesses a signature: there are no tries to reserve. One that nobody has is looked up and verified as any other, and answered alike.
 */
import type { PasskeyCredential } from '@gatehouse/core/credential.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { PasskeyHolder } from '@gatehouse/store/passkey.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { openChallenge, userHandleOf } from './challenge.ts'
import { passkeyHost } from './host.ts'
import { type AssertionResponse, parseAssertion, parseClientData } from './wire.ts'

export type AssertionAsked = {
  /** The JSON that the browser gave. */
  readonly text: string
  /** The id of the interaction. */
  readonly boundTo: string
  /** Whose it must be, where that is known; else it says who it is. */
  readonly owner?: UserId
}

export type AssertionOutcome =
  | { readonly kind: 'right'; readonly user: User; readonly credential: CredentialId; readonly proven: Exclude<Proven, string> }
  /** Nobody's, of elsewhere, or not in order: which of these is nobody's business. `userId`: whom it was said to be. */
  | { readonly kind: 'wrong'; readonly userId?: UserId }
  /** Asked for too long ago; nothing is held against anybody. */
  | { readonly kind: 'expired' }

/** Looked up where nobody has the passkey, so that it takes the same reads; there is no such person. */
const NOBODY: PasskeyHolder = { userId: 'usr_nobody_at_all', id: 'crd_nobody_at_all' }
/** COSE_Key of a pair whose private half was thrown away. */
const NOBODYS_KEY = 'pQECAyYgASFYIP_RnbEo_yKPsuDK6XT52UcHHiPFFjvvwqmypIXbcXJNIlggAzUZ4O_2U-vks6GUjDFpgHoNxeqX0qGh0-W4aTh8i6A'

export async function checkAssertion(ctx: TenantContext, { text, boundTo, owner }: AssertionAsked): Promise<AssertionOutcome> {
  const [rpId, assertion] = [passkeyHost(ctx), parseAssertion(text)]
  const clientData = assertion && parseClientData(assertion.clientDataJSON)
  if (rpId === undefined || assertion === undefined || clientData === undefined) return { kind: 'wrong' }
  const challenge = await openChallenge(ctx, clientData.challenge, 'sign_in', boundTo)
  if (challenge.kind === 'expired') return { kind: 'expired' }

  const holder = (await ctx.stores.passkeys.findHolder(assertion.id)) ?? NOBODY
  const [user, credential] = await Promise.all([
    ctx.stores.users.find(holder.userId),
    ctx.stores.credentials.find(holder.userId, 'passkey', holder.id),
  ])
  const identifies = owner === undefined
  const requireUserVerification = identifies || passkeyPolicyOf(ctx.tenant).userVerification === 'required'
  const verified = await verifyAssertion(ctx, { assertion, rpId, challenge: clientData.challenge, requireUserVerification }, credential)
  const wrong = { kind: 'wrong', ...(user === undefined ? {} : { userId: user.id }) } as const
  if (user === undefined || credential === undefined || verified === undefined) return wrong
  if (challenge.kind === 'foreign' || clientData.crossOrigin || credential.rpId !== rpId) return wrong
  if (owner !== undefined && owner !== user.id) return wrong
  // Section 7.2 step 6: whom the authenticator takes the person for, must be said where nobody else did, and be true.
  if (assertion.userHandle === undefined ? identifies : assertion.userHandle !== userHandleOf(ctx, user.id)) return wrong
  if (verified.backupEligible !== credential.backupEligible) return wrong

  const { signCount, backedUp } = verified
  const { expiresAt } = challenge
  const used = await ctx.stores.passkeys.use(user.id, credential, { challenge: clientData.challenge, expiresAt, signCount, backedUp })
  if (used === 'fell_back') await ctx.stores.passkeys.suspectCopy(user.id, credential, ctx.actor)
  if (used !== 'right') return wrong
  return { kind: 'right', user, credential: credential.id, proven: provenBy(credential, verified.userVerified) }
}

type VerifyingContext = Pick<TenantContext, 'origin' | 'tenant' | 'log'>

type Ceremony = {
  readonly assertion: AssertionResponse
  readonly rpId: string
  readonly challenge: string
  readonly requireUserVerification: boolean
}
type Verified = {
  readonly signCount: number
  readonly userVerified: boolean
  readonly backupEligible: boolean
  readonly backedUp: boolean
}

/** Section 7.2 but for the challenge, which the caller knows to be ours. Undefined where anything does not fit. The counter is compared by the store, where it is written. */
export async function verifyAssertion(
  ctx: VerifyingContext,
  ceremony: Ceremony,
  credential: Pick<PasskeyCredential, 'publicKey'> | undefined,
): Promise<Verified | undefined> {
  const { assertion, rpId, challenge, requireUserVerification } = ceremony
  const { id, userHandle, ...response } = assertion
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response },
      expectedChallenge: challenge,
      expectedOrigin: ctx.origin,
      expectedRPID: rpId,
      requireUserVerification,
      credential: { id, publicKey: Buffer.from(credential?.publicKey ?? NOBODYS_KEY, 'base64url'), counter: 0 },
    })
    const { newCounter, userVerified, credentialDeviceType, credentialBackedUp } = authenticationInfo
    const facts = {
      signCount: newCounter,
      userVerified,
      backupEligible: credentialDeviceType === 'multiDevice',
      backedUp: credentialBackedUp,
    }
    return verified ? facts : undefined
  } catch (error) {
    // Whatever it trips over came from the browser. What it was is for whoever looks after the house, not for whoever sent it.
    ctx.log.write('info', 'a passkey was refused', { tenant: ctx.tenant.id, because: String(error).slice(0, 300) })
    return undefined
  }
}

/** RFC 8176: `swk` where the key may be copied, `hwk` where a certificate says what holds it, else `pop`: a key, and no more is known. */
export function provenBy(
  { backupEligible, attested }: Pick<PasskeyCredential, 'backupEligible' | 'attested'>,
  userVerified: boolean,
): Exclude<Proven, string> {
  return {
    kind: 'passkey',
    amr: [backupEligible ? 'swk' : attested ? 'hwk' : 'pop', 'user'],
    ...(userVerified ? { userVerified } : {}),
  }
}
