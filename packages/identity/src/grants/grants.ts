/** The grants of the token endpoint: a new one is a row and a file. */
import type { Application, GrantType } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type Parameters, requireParameter } from '@gatehouse/core/parameters.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { redeemAuthorizationCode } from './authorization_code.ts'
import { issueClientCredentialsToken } from './client_credentials.ts'
import { refreshTokens } from './refresh_token.ts'
import type { TokenResponse } from './token_response.ts'

export type Grant = (ctx: TenantContext, application: Application, parameters: Parameters) => Promise<TokenResponse>

export const GRANTS: Readonly<Record<GrantType, Grant>> = {
  authorization_code: redeemAuthorizationCode,
  refresh_token: refreshTokens,
  client_credentials: issueClientCredentialsToken,
}

export const GRANT_TYPES: readonly string[] = Object.keys(GRANTS)

/** RFC 6749 section 5.2: what the server does not know, and what this application may not use, are different refusals. */
export function findGrant(application: Application, parameters: Parameters): Grant {
  const type = requireParameter(parameters, 'grant_type')
  const grant = Object.entries(GRANTS).find(([name]) => name === type)?.[1]
  if (!grant) throw new IamError('unsupported_grant_type', `grant_type must be one of ${GRANT_TYPES.join(', ')}`)
  if (!application.grant_types.some((registered) => registered === type))
    throw new IamError('unauthorized_client', `this application is not registered for the ${type} grant`)
  return grant
}
