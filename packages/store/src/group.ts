/** Groups of people (RFC 7643 section 4.2). Who is a member stands with the person, as with roles. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { GroupId } from '@gatehouse/core/ids.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type Group = { readonly id: GroupId; readonly displayName: string; readonly version: number }

export function groupStore(shelf: Shelf) {
  const key = (id: GroupId) => ({ pk: shelf.keys.configuration, sk: `GROUP#${id}` })
  const store = {
    async find(id: GroupId): Promise<Group | undefined> {
      const { item } = await shelf.table.get(key(id), { consistent: true })
      return item && fromItem<Group>(item)
    },
    async list(): Promise<Group[]> {
      const found: Group[] = []
      let cursor: string | undefined
      do {
        const page = await shelf.table.query({
          pk: shelf.keys.configuration,
          prefix: 'GROUP#',
          limit: 1000,
          consistent: true,
          ...(cursor === undefined ? {} : { cursor }),
        })
        found.push(...page.items.map((item) => fromItem<Group>(item)))
        cursor = page.cursor
      } while (cursor !== undefined)
      return found
    },
    async findByName(displayName: string): Promise<Group | undefined> {
      return (await store.list()).find((group) => group.displayName === displayName)
    },
    /** `version` 0 creates. */
    async save(group: Group, actor: Actor): Promise<Group> {
      const next = { ...group, version: group.version + 1 }
      const condition = group.version === 0 ? ABSENT : ([{ attribute: 'version', is: 'equal', value: group.version }] as const)
      const event = shelf.event('group.changed', { actor, data: { group: group.displayName } })
      await asConflict(shelf.table.put(toItem(key(group.id), next, { event }), condition), 'the group was changed by someone else')
      return next
    },
    async remove(id: GroupId, actor: Actor = {}): Promise<void> {
      const event = shelf.event('group.changed', { actor, data: { groups: [id], removed: true } })
      const gone = toItem({ pk: shelf.keys.configuration, sk: `GONE#GROUP#${id}` }, {}, { ttl: shelf.now() + 86_400, event })
      await shelf.table.transact([{ remove: key(id) }, { put: gone }])
    },
  }
  return store
}
