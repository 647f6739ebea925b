/** A token for the management API of a tenant, for those who stand above it: the platform's administrators and the roof. */
import { IamError } from '@gatehouse/core/error.ts'
import { type IssuedAccessToken, issueApplicationAccessToken } from '@gatehouse/identity/access_token.ts'
import { permissionsOfApplication } from '@gatehouse/identity/permissions.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { PLATFORM_CLIENT_ID } from './built_in_applications.ts'

export async function issueAdministrationToken(there: TenantContext): Promise<IssuedAccessToken> {
  const application = await there.configuration.findApplication(PLATFORM_CLIENT_ID)
  if (!application) throw new IamError('not_found', 'the tenant has no platform application; save its settings again to complete it')
  return issueApplicationAccessToken(there, application, [...(await permissionsOfApplication(there, application))])
}
