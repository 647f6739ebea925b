/** Tenants: their settings and policies, cached configuration. Old versions of a privacy policy are kept, since people agreed to them. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { TenantId } from '@gatehouse/core/ids.ts'
import type { PolicyVersion, Tenant } from '@gatehouse/core/tenant.ts'
import type { Item, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

const ALL_TENANTS = 'tenants'
const LONGEST_VERSION = 40
const CHANGED = 'the tenant was changed by someone else, or exists already'

export function tenantStore(shelf: Shelf) {
  const key = { pk: shelf.keys.configuration, sk: 'TENANT' }
  const policyKey = (version: string) => ({ pk: shelf.keys.configuration, sk: `POLICY#${version}` })
  const write = (tenant: Tenant, actor: Actor): Item =>
    toItem(key, tenant, {
      ipk: ALL_TENANTS,
      isk: tenant.id,
      label: { id: tenant.id, display_name: tenant.display_name },
      event: shelf.event('tenant.changed', { actor }),
    })
  return {
    async find(): Promise<Tenant | undefined> {
      const { item } = await shelf.table.get(key)
      return item && fromItem<Tenant>(item)
    },
    /** Throws `conflict` when the tenant exists. */
    async create(tenant: Tenant, actor: Actor = {}): Promise<void> {
      await asConflict(
        shelf.table.transact([
          { put: write(tenant, actor), condition: ABSENT },
          { put: toItem(policyKey(tenant.privacyPolicy.version), tenant.privacyPolicy) },
        ]),
        CHANGED,
      )
    },
    /** `tenant.version` is the version that was read; a newer one in the store is a `conflict`. A policy version that was published never changes. */
    async update(tenant: Tenant, actor: Actor = {}): Promise<Tenant> {
      const next = { ...tenant, version: tenant.version + 1 }
      const policy = await shelf.table.get(policyKey(tenant.privacyPolicy.version))
      if (policy.item && policy.item.text !== tenant.privacyPolicy.text) {
        throw new IamError(
          'conflict',
          `privacy policy version ${tenant.privacyPolicy.version} was published with another text; give the new text a new version`,
        )
      }
      const writes: Write[] = [{ put: write(next, actor), condition: [{ attribute: 'version', is: 'equal', value: tenant.version }] }]
      if (!policy.item) writes.push({ put: toItem(policyKey(tenant.privacyPolicy.version), tenant.privacyPolicy) })
      await asConflict(shelf.table.transact(writes), CHANGED)
      return next
    },
    async findPolicy(version: string): Promise<PolicyVersion | undefined> {
      // Longer ones were never published, and are no key.
      if (version.length > LONGEST_VERSION) return undefined
      const { item } = await shelf.table.get(policyKey(version))
      return item && fromItem<PolicyVersion>(item)
    },
    /** Ids and names of all tenants, a page at a time. For the platform's administrators. */
    async list(limit: number, cursor?: string): Promise<{ tenants: { id: TenantId; display_name: string }[]; cursor: string | undefined }> {
      const page = await shelf.table.query({ pk: ALL_TENANTS, index: true, limit, ...(cursor === undefined ? {} : { cursor }) })
      return { tenants: page.items.map((item) => fromLabel(item.label)), cursor: page.cursor }
    },
  }
}

function fromLabel(label: unknown): { id: TenantId; display_name: string } {
  const { id, display_name } = label as { id: string; display_name: string }
  return { id, display_name }
}
