/** `/api/v1/tenants` for the platform's administrators, `/api/v1/tenant` for a tenant's own. */
import { IamError } from '@gatehouse/core/error.ts'
import type { SignInPolicy } from '@gatehouse/core/sign_in_policy.ts'
import { signInPolicyOf, type Tenant } from '@gatehouse/core/tenant.ts'
import { checkLeavesAWayIn } from '@gatehouse/identity/sign_in_dry_run.ts'
import { openTenantContext, type TenantContext } from '@gatehouse/store/tenant_context.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { issueAdministrationToken } from '../administration_token.ts'
import { captchaPolicyOf, withoutCaptchaSecret } from '../captcha_secret.ts'
import { checkCertificates } from '../check_certificates.ts'
import { checkScriptChange, checkScriptLeavesAWayIn } from '../check_script.ts'
import { completeTenant, createTenant } from '../create_tenant.ts'
import { migrationOf, withoutMigrationSecret } from '../migration_policy.ts'
import { type AdminApp, describe, json, pageQuery, readBack } from '../route.ts'
import { storedPoliciesSchema, type TenantSettings, tenantIdSchema, tenantSettingsSchema, toPolicies } from '../schema/tenant.ts'

const tag = 'Tenants'
const params = z.object({ id: tenantIdSchema })
const stored = tenantSettingsSchema.extend({ id: tenantIdSchema, issuer: z.string(), locales: z.array(z.string()) }).openapi('StoredTenant')

export function tenantRoutes(app: AdminApp): void {
  app.openapi(
    describe('tenants:read', {
      method: 'get',
      path: '/api/v1/tenants',
      summary: 'List tenants',
      tag,
      request: { query: pageQuery },
      responses: {
        200: json(
          z.object({ tenants: z.array(z.object({ id: z.string(), display_name: z.string() })), cursor: z.string().optional() }),
          'A page of tenants',
        ),
      },
    }),
    async (c) => {
      onlyFromTheDefaultTenant(c)
      const { limit, cursor } = c.req.valid('query')
      return c.json(await c.env.here.stores.tenant.list(limit, cursor), 200)
    },
  )

  app.openapi(
    describe('tenants:read', {
      method: 'get',
      path: '/api/v1/tenants/{id}',
      summary: 'Read a tenant',
      tag,
      request: { params },
      responses: { 200: json(stored, 'The tenant') },
    }),
    async (c) => {
      onlyFromTheDefaultTenant(c)
      return c.json(shown(c, await load(c, c.req.valid('param').id)), 200)
    },
  )

  app.openapi(
    describe('tenants:write', {
      method: 'put',
      path: '/api/v1/tenants/{id}',
      summary: 'Create a tenant, or replace its settings',
      tag,
      request: { params, body: readBack(tenantSettingsSchema, ['id', 'issuer'], 'Its settings') },
      responses: { 200: json(stored, 'Changed'), 201: json(stored, 'Created, with built-in roles and signing keys') },
    }),
    async (c) => {
      onlyFromTheDefaultTenant(c)
      const { id } = c.req.valid('param')
      const { house, here } = c.env
      const before = await house.stores.forTenant(id).tenant.find()
      if (!before) {
        const settings = c.req.valid('json')
        await checkScript(c, {}, settings.policies.signIn ?? {}, id)
        if (settings.policies.migration) throw new IamError('forbidden', 'the hook of an old system is set within its tenant')
        // Open until it is complete: nothing is made in a closed one.
        const created = await createTenant(house, id, { ...settings, active: true }, here.actor)
        const tenant = settings.active ? created.tenant : await change(c, created.tenant, settings)
        return c.json(shown(c, tenant), 201)
      }
      if (id === house.defaultTenant && !c.req.valid('json').active)
        throw new IamError('forbidden', 'the default tenant cannot be suspended')
      const changed = await change(c, before, c.req.valid('json'))
      if (changed.active) await completeTenant(house, id, here.actor)
      return c.json(shown(c, changed), 200)
    },
  )

  app.openapi(
    describe('tenants:write', {
      method: 'post',
      path: '/api/v1/tenants/{id}/administration-token',
      summary: 'Act within a tenant: a token of that tenant, with the permissions of tenant-admin, for five minutes',
      tag,
      request: { params },
      responses: {
        200: json(
          z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.number().int(), issuer: z.string() }),
          'A token for the management API of that tenant; recorded in both audit records',
        ),
      },
    }),
    async (c) => {
      onlyFromTheDefaultTenant(c)
      const { house, here } = c.env
      const { id } = c.req.valid('param')
      await load(c, id)
      const there = await openTenantContext(house, house.addresses.of(id), here.actor)
      if (!there) throw new IamError('conflict', 'the tenant is suspended; activate it first')
      const { token: access_token, expiresIn } = await issueAdministrationToken(there)
      await recordAdministration(c, there)
      return c.json({ access_token, token_type: 'Bearer' as const, expires_in: expiresIn, issuer: there.issuer }, 200)
    },
  )

  app.openapi(
    describe('tenant:read', {
      method: 'get',
      path: '/api/v1/tenant',
      summary: 'Read this tenant',
      tag,
      responses: { 200: json(stored, 'The tenant') },
    }),
    async (c) => c.json(shown(c, await load(c, c.env.here.tenant.id)), 200),
  )

  app.openapi(
    describe('tenant:write', {
      method: 'put',
      path: '/api/v1/tenant',
      summary: 'Replace the settings of this tenant',
      tag,
      request: { body: readBack(tenantSettingsSchema.omit({ active: true }), ['id', 'issuer', 'active'], 'Its settings') },
      responses: { 200: json(stored, 'Changed') },
    }),
    async (c) => {
      const before = await load(c, c.env.here.tenant.id)
      return c.json(shown(c, await change(c, before, { ...c.req.valid('json'), active: before.active })), 200)
    },
  )
}

/** Permissions over tenants mean something at the default tenant only, whoever made a role of that name elsewhere. */
function onlyFromTheDefaultTenant(c: HouseContext): void {
  if (c.env.here.tenant.id !== c.env.house.defaultTenant) throw new IamError('forbidden', 'tenants are administered at the default tenant')
}

/** In the record of the tenant that acts and of the one that is acted in. */
async function recordAdministration(c: HouseContext, there: TenantContext): Promise<void> {
  const { here } = c.env
  const id = here.random.token(16)
  for (const place of [here, there]) {
    const event = place.stores.shelf.event('tenant.administered', { actor: here.actor, data: { by: here.tenant.id, in: there.tenant.id } })
    await place.stores.used.consume('jti', id, Math.floor(here.clock.now() / 1000) + 3600, event)
  }
}

async function load(c: HouseContext, id: string): Promise<Tenant> {
  const tenant = await c.env.house.stores.forTenant(id).tenant.find()
  if (!tenant) throw new IamError('not_found', `there is no tenant ${id}`)
  return tenant
}

async function change(c: HouseContext, before: Tenant, settings: TenantSettings): Promise<Tenant> {
  const { house, here } = c.env
  const captcha = await captchaPolicyOf(house.ports.vault, before.id, settings.policies.captcha, before.policies.captcha)
  const migration = await migrationOf(c, before, settings.policies.migration)
  const policies = { ...toPolicies(settings.policies), ...captcha, ...(migration === undefined ? {} : { migration }) }
  await checkCertificates(policies.certificates, house.ports.clock.now())
  await checkScript(c, before.policies.signIn ?? {}, policies.signIn ?? {}, before.id)
  if (before.id === here.tenant.id) {
    // As the tenant would be: what is taken in a step may change with it.
    const there = { ...here, tenant: { ...here.tenant, policies } }
    const policy = signInPolicyOf({ policies })
    if (policies.signIn || before.policies.certificates) await checkLeavesAWayIn(there, policy)
    if (policies.signIn) await checkScriptLeavesAWayIn(c, policies.signIn)
    if (policies.risk) await checkLeavesAWayIn(there, policy, policies.risk)
  }
  const policy = settings.privacy_policy
  const changed = await house.stores.forTenant(before.id).tenant.update(
    {
      ...before,
      display_name: settings.display_name,
      locales: settings.locales,
      branding: settings.branding,
      policies,
      privacyPolicy:
        policy && policy.version !== before.privacyPolicy.version
          ? { ...policy, publishedAt: new Date(house.ports.clock.now()).toISOString() }
          : { ...before.privacyPolicy, ...policy },
      active: settings.active,
    },
    c.env.here.actor,
  )
  house.cache.tenants.forget(before.id)
  return changed
}

/** Whoever administers tenants acts within them as they like; a tenant's own administrator needs to be one of its people, too. */
function checkScript(c: HouseContext, before: Partial<SignInPolicy>, after: Partial<SignInPolicy>, id: string): Promise<void> {
  const needs = id === c.env.here.tenant.id ? (['users:write'] as const) : []
  return checkScriptChange(c, before, after, (path) => `/policies/signIn/${path.join('/')}`, needs)
}

function shown(c: HouseContext, tenant: Tenant) {
  const { id, display_name, branding, policies, privacyPolicy, active } = tenant
  const { publishedAt, ...privacy_policy } = privacyPolicy
  return {
    id,
    issuer: c.env.house.addresses.of(id).issuer,
    display_name,
    locales: [...tenant.locales],
    branding,
    policies: storedPoliciesSchema.parse(withoutCaptchaSecret(withoutMigrationSecret(policies))),
    privacy_policy,
    active,
  }
}
