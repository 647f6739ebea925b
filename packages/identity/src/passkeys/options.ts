/** What the browser is asked for: WebAuthn Level 3 sections 5.4 and 5.5, in the JSON of section 5.1.8 and 5.1.9. Loads nothing of the verification. */
import type { Credential, PasskeyCredential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { CHALLENGE_SECONDS, makeChallenge, passkeyHost, userHandleOf } from './challenge.ts'

/** COSE: EdDSA, ES256, RS256; the last for Windows Hello on a TPM. */
export const ALGORITHMS: readonly number[] = [-8, -7, -257]

type Descriptor = { readonly type: 'public-key'; readonly id: string; readonly transports?: readonly string[] }

/** For `navigator.credentials.get`. Without `allowCredentials` the person chooses among their own: no name is needed. */
export type RequestOptions = {
  readonly challenge: string
  readonly rpId: string
  readonly timeout: number
  readonly userVerification: 'required' | 'preferred'
  readonly allowCredentials: readonly Descriptor[]
}

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

/** For a first step: whoever it is. Undefined where passkeys are not for this tenant, or this address. */
export async function firstStepOptions(ctx: TenantContext, boundTo: string): Promise<RequestOptions | undefined> {
  const rpId = passkeyHost(ctx)
  return rpId === undefined ? undefined : requestOptions(rpId, await makeChallenge(ctx, 'sign_in', boundTo), 'required', [])
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

/** Those that work at this address. */
export function passkeysHere(ctx: TenantContext, credentials: readonly Credential[]): PasskeyCredential[] {
  const host = passkeyHost(ctx)
  return credentials.filter((one): one is PasskeyCredential => one.kind === 'passkey' && one.rpId === host)
}

function requestOptions(
  rpId: string,
  challenge: string,
  userVerification: RequestOptions['userVerification'],
  allowCredentials: RequestOptions['allowCredentials'],
): RequestOptions {
  return { challenge, rpId, timeout: CHALLENGE_SECONDS * 1000, userVerification, allowCredentials }
}

function describe({ webauthnId, transports }: PasskeyCredential): Descriptor {
  return { type: 'public-key', id: webauthnId, ...(transports.length === 0 ? {} : { transports }) }
}

function loadHost(ctx: TenantContext): string {
  const host = passkeyHost(ctx)
  if (host === undefined) throw new IamError('not_found', 'passkeys are not used here')
  return host
}
