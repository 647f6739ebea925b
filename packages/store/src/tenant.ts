/** Tenants: their settings and policies, cached configuration. Old versions of a privacy policy are kept, since people agreed to them. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { TenantId } from '@gatehouse/core/ids.ts'
import { MOST_SHAPES, type Shape, withShape } from '@gatehouse/core/password_hash/sorts.ts'
import type { PolicyVersion, Tenant } from '@gatehouse/core/tenant.ts'
import type { Item, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict, unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

const ALL_TENANTS = 'tenants'
const LONGEST_VERSION = 40
const CONTENDED_TRIES = 5
const TOO_MANY_SORTS = `passwords of ${MOST_SHAPES} sorts were brought in already; a refusal computes each of them, so more are not taken`
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
  const changed = (tenant: Tenant, actor: Actor): Promise<boolean> =>
    unlessConflict(
      shelf.table.put(write({ ...tenant, version: tenant.version + 1 }, actor), [
        { attribute: 'version', is: 'equal', value: tenant.version },
      ]),
    )
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
    /** False where it is noted already. Throws `conflict` where there are too many sorts. */
    async noteImportedHash(shape: Shape, actor: Actor): Promise<boolean> {
      for (let attempt = 0; attempt < CONTENDED_TRIES; attempt++) {
        const { item } = await shelf.table.get(key, { consistent: true })
        if (!item) break
        const tenant = fromItem<Tenant>(item)
        const before = tenant.importedHashes ?? {}
        const importedHashes = withShape(before, shape)
        if (importedHashes === before) return false
        if (importedHashes === undefined) throw new IamError('conflict', TOO_MANY_SORTS)
        if (await changed({ ...tenant, importedHashes }, actor)) return true
      }
      throw new IamError('conflict', CHANGED)
    },
    /** False where there were none. Refusals compute nothing besides any more. */
    async forgetImportedHashes(actor: Actor): Promise<boolean> {
      const { item } = await shelf.table.get(key, { consistent: true })
      if (!item) return false
      const { importedHashes, ...tenant } = fromItem<Tenant>(item)
      if (importedHashes === undefined) return false
      if (!(await changed(tenant, actor))) throw new IamError('conflict', CHANGED)
      return true
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
