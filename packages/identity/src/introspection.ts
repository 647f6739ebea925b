/** Token introspection: RFC 7662. Whatever is wrong with a token, and whoever may not see it: `{"active":false}` and nothing more (section 2.2). */
import { type Application, isConfidential } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type Parameters, requireParameter } from '@gatehouse/core/parameters.ts'
import type { Permission } from '@gatehouse/core/permissions.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { findLiveGrant, findLiveToken } from './live_grant.ts'
import { permissionsOfApplication } from './permissions.ts'
import { readPresentedToken } from './presented_token.ts'
import type { RefreshToken } from './refresh_token.ts'

export type Introspection = { readonly active: false } | { readonly active: true; readonly [member: string]: unknown }

/** For resource servers, which ask about the tokens of others: a role of theirs holds it. */
const INTROSPECT_ANY: Permission = 'tokens:introspect'

const INACTIVE: Introspection = { active: false }

/** The application is authenticated. */
export async function introspect(ctx: TenantContext, application: Application, parameters: Parameters): Promise<Introspection> {
  if (!isConfidential(application)) throw new IamError('invalid_client', 'introspection is for applications that authenticate')
  const presented = await readPresentedToken(ctx, requireParameter(parameters, 'token'))
  if (!presented) return INACTIVE
  if (presented.kind === 'refresh_token') return introspectRefreshToken(ctx, application, presented.token)
  const { token } = presented
  if (token.clientId !== application.client_id && !(await permissionsOfApplication(ctx, application)).has(INTROSPECT_ANY)) return INACTIVE
  if (!(await findLiveToken(ctx, token))) return INACTIVE
  const { subject } = token
  return {
    active: true,
    scope: token.scopes.join(' '),
    client_id: token.clientId,
    token_type: 'Bearer',
    exp: token.expiresAt,
    iat: token.issuedAt,
    sub: subject.kind === 'user' ? subject.userId : token.clientId,
    aud: token.audience,
    iss: token.issuer,
    jti: token.id,
    ...(subject.kind === 'user' ? { auth_time: subject.authTime, acr: subject.acr } : {}),
  }
}

/** Only its own application, even with the permission: nobody else has use for a refresh token. */
async function introspectRefreshToken(ctx: TenantContext, application: Application, token: RefreshToken): Promise<Introspection> {
  const authorization = (await findLiveGrant(ctx, token.userId, token.authorizationId))?.authorization
  if (authorization?.clientId !== application.client_id || authorization.generation !== token.generation) return INACTIVE
  return {
    active: true,
    scope: authorization.scopes.join(' '),
    client_id: authorization.clientId,
    exp: authorization.expiresAt,
    sub: authorization.userId,
    iss: authorization.issuer,
  }
}
