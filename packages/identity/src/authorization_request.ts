/** Parses an authorization request: RFC 6749 section 4.1.1, OpenID Connect Core 1.0 section 3.1.2. What it may say is decided in `core/authorization_request_checks.ts`. */
import type { AuthorizationRequest } from '@gatehouse/core/authorization_request.ts'
import { readAuthorizationRequest, responseModeOf } from '@gatehouse/core/authorization_request_checks.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { isId, type UserId } from '@gatehouse/core/ids.ts'
import { parseParameters } from '@gatehouse/core/parameters.ts'
import { isRegisteredRedirectUri } from '@gatehouse/core/redirect_uri.ts'
import { acrValuesOf } from '@gatehouse/core/sign_in_policy.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { ResponseTarget } from './authorization_response.ts'
import { readIdTokenHint } from './id_token.ts'

/** A refusal that the application may be told of at its redirect URI, which has been verified. */
export class AuthorizationRefusal extends Error {
  override readonly name = 'AuthorizationRefusal'
  readonly target: ResponseTarget
  readonly error: IamError

  constructor(target: ResponseTarget, error: IamError) {
    super(error.message, { cause: error })
    this.target = target
    this.error = error
  }
}

/** Throws `IamError` while application or redirect URI are not verified: that goes on a page of ours. After that `AuthorizationRefusal`. */
export async function parseAuthorizationRequest(ctx: TenantContext, params: URLSearchParams): Promise<AuthorizationRequest> {
  const parsed = parseParameters(params)
  const { values } = parsed
  const application = await ctx.configuration.findApplication(requireOnce(parsed, 'client_id'))
  if (!application?.active) throw new IamError('invalid_request', 'client_id names no application that is active here')
  const redirectUri = requireOnce(parsed, 'redirect_uri')
  if (!isRegisteredRedirectUri(application, redirectUri))
    throw new IamError('invalid_request', 'redirect_uri is none of those that this application registered')

  const state = values.get('state')
  const target: ResponseTarget = { redirectUri, responseMode: responseModeOf(values) ?? 'query', ...(state === undefined ? {} : { state }) }
  try {
    const { request, subject } = readAuthorizationRequest(
      parsed,
      application,
      redirectUri,
      'authorize',
      acrValuesOf(signInPolicyOf(ctx.tenant)),
    )
    const hintedUserId = await findHintedUser(ctx, application.client_id, values.get('id_token_hint'), subject)
    return hintedUserId === undefined ? request : { ...request, hintedUserId }
  } catch (error) {
    if (error instanceof IamError) throw new AuthorizationRefusal(target, error)
    throw error
  }
}

/** Of these two not even the first value may be trusted when there are more: an attacker may have put one in front. */
function requireOnce({ values, repeated }: ReturnType<typeof parseParameters>, name: 'client_id' | 'redirect_uri'): string {
  if (repeated.includes(name)) throw new IamError('invalid_request', `${name} came more than once`)
  const value = values.get(name)
  if (value === undefined) throw new IamError('invalid_request', `${name} is missing`)
  return value
}

/** OpenID Connect Core 1.0 sections 3.1.2.1 (`id_token_hint`) and 5.5.1 (`sub` with a value): whom the request is about. */
async function findHintedUser(
  ctx: TenantContext,
  clientId: string,
  hint: string | undefined,
  subject: string | undefined,
): Promise<UserId | undefined> {
  if (subject !== undefined && !isId('usr', subject))
    throw new IamError('login_required', 'the claims parameter asks for a subject that nobody here has')
  if (hint === undefined) return subject
  const read = await readIdTokenHint(ctx, hint)
  if (!read || read.clientId !== clientId)
    throw new IamError('invalid_request', 'id_token_hint is no ID token that this application got here')
  if (subject !== undefined && subject !== read.userId)
    throw new IamError('invalid_request', 'id_token_hint and the claims parameter name different subjects')
  return read.userId
}
