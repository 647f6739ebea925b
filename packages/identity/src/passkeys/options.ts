/** What the browser is asked for: WebAuthn Level 3 sections 5.4 and 5.5, in the JSON of section 5.1.8 and 5.1.9. Loaded with the sign-in page: for those who are known already see `own_options.ts`. */
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { CHALLENGE_SECONDS, makeChallenge } from './challenge.ts'
import { passkeyHost } from './host.ts'

export type Descriptor = { readonly type: 'public-key'; readonly id: string; readonly transports?: readonly string[] }

/** For `navigator.credentials.get`. Without `allowCredentials` the person chooses among their own: no name is needed. */
export type RequestOptions = {
  readonly challenge: string
  readonly rpId: string
  readonly timeout: number
  readonly userVerification: 'required' | 'preferred'
  readonly allowCredentials: readonly Descriptor[]
}

/** For a first step: whoever it is. Undefined where passkeys are not for this tenant, or this address. */
export async function firstStepOptions(ctx: TenantContext, boundTo: string): Promise<RequestOptions | undefined> {
  const rpId = passkeyHost(ctx)
  return rpId === undefined ? undefined : requestOptions(rpId, await makeChallenge(ctx, 'sign_in', boundTo), 'required', [])
}

export function requestOptions(
  rpId: string,
  challenge: string,
  userVerification: RequestOptions['userVerification'],
  allowCredentials: RequestOptions['allowCredentials'],
): RequestOptions {
  return { challenge, rpId, timeout: CHALLENGE_SECONDS * 1000, userVerification, allowCredentials }
}
