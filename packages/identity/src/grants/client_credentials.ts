/** The client_credentials grant: RFC 6749 section 4.4. Reads cached configuration only and writes nothing. */
import { type Application, isConfidential } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { Parameters } from '@gatehouse/core/parameters.ts'
import { checkScope, PERSONAL_SCOPES, parseScope } from '@gatehouse/core/scope.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { issueApplicationAccessToken } from '../access_token.ts'
import { permissionsOfApplication, withoutUnheldPermissions } from '../permissions.ts'
import type { TokenResponse } from './token_response.ts'

/** The application is authenticated. */
export async function issueClientCredentialsToken(
  ctx: TenantContext,
  application: Application,
  parameters: Parameters,
): Promise<TokenResponse> {
  if (!isConfidential(application)) throw new IamError('unauthorized_client', 'client_credentials is for applications that authenticate')
  const allowed = await scopesOf(ctx, application)
  const scope = parameters.get('scope')
  const scopes = scope === undefined ? allowed : parseScope(scope)
  checkScope(scopes, allowed)
  const { token, expiresIn } = await issueApplicationAccessToken(ctx, application, scopes)
  return { access_token: token, token_type: 'Bearer', expires_in: expiresIn, scope: scopes.join(' ') }
}

/** What it is registered for, without what speaks of a person, and the permissions of the roles that it holds itself. */
async function scopesOf(ctx: TenantContext, application: Application): Promise<string[]> {
  const registered = parseScope(application.scope).filter((scope) => !PERSONAL_SCOPES.has(scope))
  if (registered.length === 0 && application.gatehouse_roles.length === 0) return []
  const held = await permissionsOfApplication(ctx, application)
  return [...new Set([...(await withoutUnheldPermissions(ctx, registered, held)), ...held])]
}
