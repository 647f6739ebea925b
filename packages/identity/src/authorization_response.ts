/** The authorization response: RFC 6749 sections 4.1.2 and 4.1.2.1, form_post (OAuth 2.0 Form Post Response Mode), with the issuer (RFC 9207). */
import type { AuthorizationGrant, AuthorizationRequest } from '@gatehouse/core/authorization_request.ts'
import type { ErrorCode, IamError } from '@gatehouse/core/error.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { issueAuthorizationCode } from './authorization_code.ts'

/** Where an answer goes; the redirect URI is verified. */
export type ResponseTarget = Pick<AuthorizationRequest, 'redirectUri' | 'responseMode' | 'state'>

export type RedirectResponse =
  | { readonly kind: 'redirect'; readonly url: string }
  | { readonly kind: 'form_post'; readonly action: string; readonly fields: Readonly<Record<string, string>> }

export async function codeResponse(
  ctx: TenantContext,
  request: AuthorizationRequest,
  grant: AuthorizationGrant,
): Promise<RedirectResponse> {
  return respond(ctx, request, { code: await issueAuthorizationCode(ctx, request, grant) })
}

/** `uri`: a page about the error. */
export function errorResponse(ctx: TenantContext, target: ResponseTarget, error: IamError, uri?: string): RedirectResponse {
  return respond(ctx, target, {
    error: CODES.has(error.code) ? error.code : (REPLACEMENTS[error.code] ?? 'server_error'),
    error_description: printable(error.description),
    ...(uri === undefined ? {} : { error_uri: uri }),
  })
}

/** RFC 6749 section 4.1.2.1 and OpenID Connect Core 1.0 section 3.1.2.6. */
export const CODES: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'invalid_request',
  'unauthorized_client',
  'access_denied',
  'unsupported_response_type',
  'invalid_scope',
  'server_error',
  'temporarily_unavailable',
  'interaction_required',
  'login_required',
  'account_selection_required',
  'consent_required',
  'request_not_supported',
  'request_uri_not_supported',
  'registration_not_supported',
  'unmet_authentication_requirements',
])

const REPLACEMENTS: Readonly<Partial<Record<ErrorCode, ErrorCode>>> = {
  too_many_requests: 'temporarily_unavailable',
  unavailable: 'temporarily_unavailable',
  forbidden: 'access_denied',
  unauthenticated: 'login_required',
  reauthentication_required: 'login_required',
}

function respond(
  ctx: TenantContext,
  { redirectUri, responseMode, state }: ResponseTarget,
  answer: Readonly<Record<string, string>>,
): RedirectResponse {
  const fields = { ...answer, ...(state === undefined ? {} : { state }), iss: ctx.issuer }
  if (responseMode === 'form_post') return { kind: 'form_post', action: redirectUri, fields }
  // Appended as text: the registered URI stays as it is, to the character (RFC 6749 section 3.1.2).
  return { kind: 'redirect', url: `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}${new URLSearchParams(fields)}` }
}

/** RFC 6749 section 4.1.2.1: printable ASCII without quote and backslash. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
