/** A new tenant: settings, built-in roles, signing keys, and the command line as its first application. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import { isFreeTenantId, type TenantId } from '@gatehouse/core/ids.ts'
import type { BUILT_IN_ROLES } from '@gatehouse/core/permissions.ts'
import type { Tenant } from '@gatehouse/core/tenant.ts'
import { ensureBuiltInRoles } from '@gatehouse/directory/roles.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { openTenantContext, type TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { House } from '../house.ts'
import { COMMAND_LINE, PLATFORM } from './built_in_applications.ts'
import { captchaPolicyOf } from './captcha_secret.ts'
import { checkCertificates } from './check_certificates.ts'
import { DEFAULT_PRIVACY_POLICY } from './default_privacy_policy.ts'
import { toApplication } from './schema/application.ts'
import { type TenantSettings, toPolicies } from './schema/tenant.ts'

/** Throws `conflict` when the tenant exists, `validation_failed` for a name that would be taken for the house's own. A creation that was cut off is completed by `completeTenant`. */
export async function createTenant(house: House, id: TenantId, settings: TenantSettings, actor: Actor): Promise<TenantContext> {
  if (!isFreeTenantId(id))
    throw new IamError('validation_failed', `a tenant cannot be called ${id}: people and programs would take its host for the house’s own`)
  const now = new Date(house.ports.clock.now()).toISOString()
  const policies = toPolicies(settings.policies)
  await checkCertificates(policies.certificates, house.ports.clock.now())
  const tenant: Tenant = {
    id,
    display_name: settings.display_name,
    locales: settings.locales,
    branding: settings.branding,
    policies: { ...policies, ...(await captchaPolicyOf(house.ports.vault, id, settings.policies.captcha)) },
    privacyPolicy: settings.privacy_policy
      ? { publishedAt: now, ...settings.privacy_policy }
      : { publishedAt: now, ...DEFAULT_PRIVACY_POLICY },
    active: settings.active,
    createdAt: now,
    version: 1,
  }
  await house.stores.forTenant(id).tenant.create(tenant, actor)
  house.cache.tenants.forget(id)
  return completeTenant(house, id, actor)
}

/** Makes what a tenant needs beside its settings, where it is missing. Safe to repeat. */
export async function completeTenant(house: House, id: TenantId, actor: Actor): Promise<TenantContext> {
  const ctx = await openTenantContext(house, house.addresses.of(id), actor)
  if (!ctx) throw new IamError('not_found', `there is no active tenant ${id}`)
  const roles: (keyof typeof BUILT_IN_ROLES)[] = id === house.defaultTenant ? ['tenant-admin', 'platform-admin'] : ['tenant-admin']
  await ensureBuiltInRoles(ctx, roles)
  await ensureSigningKeys(ctx)
  for (const application of [COMMAND_LINE, { ...PLATFORM, gatehouse_roles: roles }]) {
    if (await ctx.stores.applications.find(application.client_id)) continue
    await ctx.stores.applications.create(toApplication(application, { createdAt: ctx.tenant.createdAt, version: 1 }), undefined, actor)
  }
  ctx.configuration.forgetAll()
  return ctx
}
