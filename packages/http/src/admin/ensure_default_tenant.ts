/** What a house needs before anyone can use it: its default tenant, with everything that a tenant needs. */
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { House } from '../house.ts'
import { completeTenant, createTenant } from './create_tenant.ts'
import { tenantSettingsSchema } from './schema/tenant.ts'

/** Makes the default tenant, or completes what an earlier start was cut off from. */
export async function ensureDefaultTenant(house: House): Promise<TenantContext> {
  const id = house.defaultTenant
  const existing = await house.stores.forTenant(id).tenant.find()
  if (existing) return completeTenant(house, id, {})
  return createTenant(house, id, tenantSettingsSchema.parse({ display_name: 'Gatehouse' }), {})
}
