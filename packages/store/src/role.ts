/** Roles of a tenant: a name and the permissions that it carries. Who holds one stands with the person. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { RoleId } from '@gatehouse/core/ids.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type Role = { readonly id: RoleId; readonly name: string; readonly permissions: readonly string[]; readonly version: number }

export function roleStore(shelf: Shelf) {
  const key = (id: RoleId) => ({ pk: shelf.keys.configuration, sk: `ROLE#${id}` })
  const store = {
    async find(id: RoleId): Promise<Role | undefined> {
      const { item } = await shelf.table.get(key(id), { consistent: true })
      return item && fromItem<Role>(item)
    },
    /** Cached configuration: a tenant has at most some hundreds. */
    async list(): Promise<Role[]> {
      const page = await shelf.table.query({ pk: shelf.keys.configuration, prefix: 'ROLE#', limit: 1000, consistent: true })
      return page.items.map((item) => fromItem<Role>(item))
    },
    async findByName(name: string): Promise<Role | undefined> {
      return (await store.list()).find((role) => role.name === name)
    },
    /** `version` 0 creates. */
    async save(role: Role, actor: Actor): Promise<Role> {
      const next = { ...role, version: role.version + 1 }
      const condition = role.version === 0 ? ABSENT : ([{ attribute: 'version', is: 'equal', value: role.version }] as const)
      await asConflict(
        shelf.table.put(
          toItem(key(role.id), next, { event: shelf.event('role.changed', { actor, data: { role: role.name } }) }),
          condition,
        ),
        'the role was changed by someone else',
      )
      return next
    },
    async remove(id: RoleId, actor: Actor = {}): Promise<void> {
      const event = shelf.event('role.changed', { actor, data: { roles: [id], removed: true } })
      const gone = toItem({ pk: shelf.keys.configuration, sk: `GONE#ROLE#${id}` }, {}, { ttl: shelf.now() + 86_400, event })
      await shelf.table.transact([{ remove: key(id) }, { put: gone }])
    },
  }
  return store
}
