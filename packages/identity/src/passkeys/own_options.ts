/** What the browser is asked for where the person is known: one of their own, or a new one. WebAuthn Level 3 sections 5.4 and 5.5. Loads nothing of the verification. */
import type { Credential, PasskeyCredential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { PasskeySignals } from '@gatehouse/core/my_account.ts'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { CHALLENGE_SECONDS, makeChallenge, userHandleOf } from './challenge.ts'
import { passkeyHost } from './host.ts'
import { type Descriptor, type RequestOptions, requestOptions } from './options.ts'

/** COSE: EdDSA, ES256, ES384, ES512, RS256; the last for Windows Hello on a TPM. */
export const ALGORITHMS: readonly number[] = [-8, -7, -35, -36, -257]

/** For `navigator.credentials.create`. */
export type CreationOptions = {
  readonly challenge: string
  readonly rp: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string; readonly displayName: string }
  readonly pubKeyCredParams: readonly { readonly type: 'public-key'; readonly alg: number }[]
  readonly timeout: number
  readonly excludeCredentials: readonly Descriptor[]
  readonly authenticatorSelection: {
    readonly residentKey: 'required'
    readonly requireResidentKey: true
    readonly userVerification: 'required' | 'preferred'
  }
  readonly attestation: 'none' | 'direct'
}

/** For a further step: one of these, which are the person's. */
export async function secondStepOptions(ctx: TenantContext, boundTo: string, own: readonly PasskeyCredential[]): Promise<RequestOptions> {
  const { userVerification } = passkeyPolicyOf(ctx.tenant)
  return requestOptions(loadHost(ctx), await makeChallenge(ctx, 'sign_in', boundTo), userVerification, own.map(describe))
}

/** `credentials`: all that the person has; a device that holds one of them is not asked to make another. */
export async function creationOptions(
  ctx: TenantContext,
  user: User,
  boundTo: string,
  credentials: readonly Credential[],
): Promise<CreationOptions> {
  const { userVerification, attestation } = passkeyPolicyOf(ctx.tenant)
  return {
    challenge: await makeChallenge(ctx, 'registration', boundTo, user.id),
    rp: { id: loadHost(ctx), name: ctx.tenant.display_name },
    user: { id: userHandleOf(ctx, user.id), name: user.userName, displayName: shownName(user) },
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    timeout: CHALLENGE_SECONDS * 1000,
    excludeCredentials: passkeysHere(ctx, credentials).map(describe),
    authenticatorSelection: { residentKey: 'required', requireResidentKey: true, userVerification },
    attestation,
  }
}

/** For whoever keeps this person's passkeys: which are accepted here, and what the person is called. Section 5.1.10. `credentials`: all that the person has, as they are now. */
export function passkeySignals(ctx: TenantContext, user: User, credentials: readonly Credential[]): PasskeySignals | undefined {
  const rpId = passkeyHost(ctx)
  if (rpId === undefined) return undefined
  const allAcceptedCredentialIds = passkeysHere(ctx, credentials).map(({ webauthnId }) => webauthnId)
  return { rpId, userId: userHandleOf(ctx, user.id), allAcceptedCredentialIds, name: user.userName, displayName: shownName(user) }
}

/** Those that work at this address. */
export function passkeysHere(ctx: TenantContext, credentials: readonly Credential[]): PasskeyCredential[] {
  const host = passkeyHost(ctx)
  return credentials.filter((one): one is PasskeyCredential => one.kind === 'passkey' && one.rpId === host)
}

function describe({ webauthnId, transports }: PasskeyCredential): Descriptor {
  return { type: 'public-key', id: webauthnId, ...(transports.length === 0 ? {} : { transports }) }
}

function loadHost(ctx: TenantContext): string {
  const host = passkeyHost(ctx)
  if (host === undefined) throw new IamError('not_found', 'passkeys are not used here')
  return host
}
