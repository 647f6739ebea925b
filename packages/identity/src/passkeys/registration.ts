/** A new passkey: WebAuthn Level 3 section 7.1. It proves itself by being made, so no first use follows. Its challenge is spent in the transaction that adds it. */

import type { PasskeyCredential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type VerifiedRegistrationResponse, verifyRegistrationResponse } from '@simplewebauthn/server'
import { addCredential, newCredential } from '../credentials.ts'
import { nowSeconds } from '../interaction.ts'
import { provenBy } from './assertion.ts'
import { findVouchedModel, withoutStatement } from './attestation.ts'
import { authenticatorName } from './authenticator_names.ts'
import { openChallenge } from './challenge.ts'
import { passkeyHost } from './host.ts'
import { ALGORITHMS } from './own_options.ts'
import { type AttestationResponse, parseAttestation, parseClientData } from './wire.ts'

export type Registration = {
  /** The JSON that the browser gave. */
  readonly text: string
  /** The id of the session or interaction. */
  readonly boundTo: string
  /** What the person calls it; empty: what its maker calls it, else `fallbackName`. */
  readonly name: string
  readonly fallbackName: string
}

export type RegistrationOutcome =
  | { readonly kind: 'registered'; readonly user: User; readonly credential: PasskeyCredential; readonly proven: Proven }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'expired' }
  /** Of a model that this tenant does not take, or that proves nothing of itself. */
  | { readonly kind: 'untrusted' }

/** Throws `conflict` where there are enough, or somebody has this very one. */
export async function registerPasskey(ctx: TenantContext, user: User, registration: Registration): Promise<RegistrationOutcome> {
  const [rpId, response] = [passkeyHost(ctx), parseAttestation(registration.text)]
  const clientData = response && parseClientData(response.clientDataJSON)
  if (rpId === undefined || response === undefined || clientData === undefined || clientData.crossOrigin) return { kind: 'wrong' }
  const challenge = await openChallenge(ctx, clientData.challenge, 'registration', registration.boundTo, user.id)
  if (challenge.kind !== 'good') return { kind: challenge.kind === 'expired' ? 'expired' : 'wrong' }

  const { attestation } = passkeyPolicyOf(ctx.tenant)
  const vouchedModel = attestation === 'direct' ? findVouchedModel(ctx, response) : undefined
  if (attestation === 'direct' && vouchedModel === undefined) return { kind: 'untrusted' }
  const verified = await verifyRegistration(ctx, response, rpId, clientData.challenge)
  if (verified === undefined) return { kind: 'wrong' }

  const { credential, credentialDeviceType, credentialBackedUp, userVerified } = verified
  const aaguid = vouchedModel ?? verified.aaguid
  const added: PasskeyCredential = {
    ...newCredential(ctx, registration.name || authenticatorName(aaguid) || registration.fallbackName),
    kind: 'passkey',
    lastUsedAt: nowSeconds(ctx),
    webauthnId: credential.id,
    publicKey: Buffer.from(credential.publicKey).toString('base64url'),
    signCount: credential.counter,
    transports: response.transports,
    aaguid,
    rpId,
    backupEligible: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
    attested: vouchedModel !== undefined,
    spent: {},
  }
  const { expiresAt } = challenge
  const spend = ctx.stores.used.consumeWrite('webauthn_registration', clientData.challenge, expiresAt)
  const next = await addCredential(ctx, user.id, added, spend)
  return { kind: 'registered', user: next, credential: added, proven: provenBy(added, userVerified) }
}

/** Section 7.1 but for the challenge, which the caller knows to be ours, and the statement. Undefined where anything does not fit. */
export async function verifyRegistration(
  ctx: Pick<TenantContext, 'origin' | 'tenant' | 'log'>,
  { id, clientDataJSON, attestationObject }: AttestationResponse,
  rpId: string,
  challenge: string,
): Promise<NonNullable<VerifiedRegistrationResponse['registrationInfo']> | undefined> {
  const { userVerification } = passkeyPolicyOf(ctx.tenant)
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: {
        id,
        rawId: id,
        type: 'public-key',
        clientExtensionResults: {},
        response: { clientDataJSON, attestationObject: withoutStatement(attestationObject) },
      },
      expectedChallenge: challenge,
      expectedOrigin: ctx.origin,
      expectedRPID: rpId,
      requireUserVerification: userVerification === 'required',
      supportedAlgorithmIDs: [...ALGORITHMS],
    })
    if (registrationInfo !== undefined && registrationInfo.credential.id !== id) throw new IamError('invalid_request', 'two credential ids')
    return registrationInfo
  } catch (error) {
    // Whatever it trips over came from the browser; the person is told that it did not work.
    ctx.log.write('info', 'a passkey was not added', { tenant: ctx.tenant.id, because: String(error).slice(0, 300) })
    return undefined
  }
}
