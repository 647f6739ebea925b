/** What a house needs before anyone can use it: its default tenant, and the configuration that it was started with. */

import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import { completeTenant, createTenant } from '@gatehouse/http/admin/create_tenant.ts'
import { tenantSettingsSchema } from '@gatehouse/http/admin/schema/tenant.ts'
import type { House } from '@gatehouse/http/house.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Fetch } from './configuration/api_client.ts'
import { type Applied, applyConfiguration } from './configuration/apply.ts'
import type { Configuration } from './configuration/read_file.ts'

/** Makes the default tenant, or completes what an earlier start was cut off from. */
export async function ensureDefaultTenant(house: House): Promise<TenantContext> {
  const id = house.defaultTenant
  const existing = await house.stores.forTenant(id).tenant.find()
  if (existing) return completeTenant(house, id, {})
  return createTenant(house, id, tenantSettingsSchema.parse({ display_name: 'Gatehouse' }), {})
}

/** Applies a configuration in process, as `gatehouse apply` does over the network: through the management API, with a token of the default tenant. */
export async function seed(
  ctx: TenantContext,
  fetch: Fetch,
  configuration: Configuration,
  say: (line: string) => void = () => {},
): Promise<Applied> {
  const { token } = await issueAdministrationToken(ctx)
  return applyConfiguration(configuration, { fetch, issuer: ctx.issuer, token, tenant: ctx.tenant.id, say })
}
