/** Secrets of a tenant's scripts, sealed. Beside the tenant's configuration, which a script's run reads when it speaks of secrets. */
import type { Actor } from '@gatehouse/core/event.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type ScriptSecret = { readonly name: string; readonly sealed: string; readonly changedAt: number }

export const MOST_SCRIPT_SECRETS = 50

export function scriptSecretStore(shelf: Shelf) {
  const key = (name: string) => ({ pk: shelf.keys.configuration, sk: `SCRIPT_SECRET#${name}` })
  return {
    async list(): Promise<ScriptSecret[]> {
      const { items } = await shelf.table.query({ pk: shelf.keys.configuration, prefix: 'SCRIPT_SECRET#', limit: 100, consistent: true })
      return items.map((item) => fromItem<ScriptSecret>(item))
    },
    async save(name: string, sealed: string, actor: Actor): Promise<void> {
      const event = shelf.event('script.secret_changed', { actor, data: { secret: name } })
      await shelf.table.put(toItem(key(name), { name, sealed, changedAt: shelf.now() } satisfies ScriptSecret, { event }))
    },
    async remove(name: string, actor: Actor): Promise<void> {
      const event = shelf.event('script.secret_changed', { actor, data: { secret: name, removed: true } })
      const gone = toItem({ pk: shelf.keys.configuration, sk: `GONE#${event.id}` }, {}, { ttl: shelf.now() + 86_400, event })
      await shelf.table.transact([{ remove: key(name) }, { put: gone }])
    },
  }
}
