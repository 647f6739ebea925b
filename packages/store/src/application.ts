/** Applications and their secrets: one partition each, so that one query brings all that a client authentication needs. */
import type { Application } from '@gatehouse/core/application.ts'
import type { Actor, HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { hashOfSecret } from './keys.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type ApplicationSecret = { readonly id: string; readonly hash: string; readonly createdAt: number; readonly expiresAt?: number }
export type ApplicationWithSecrets = Application & { readonly secrets: readonly ApplicationSecret[] }

export function applicationStore(shelf: Shelf) {
  const key = (clientId: ClientId) => ({ pk: shelf.keys.application(clientId), sk: 'APP' })
  const secretKey = (clientId: ClientId, id: string) => ({ pk: shelf.keys.application(clientId), sk: `SECRET#${id}` })
  const write = (application: Application, actor: Actor) =>
    toItem(key(application.client_id), application, {
      ipk: shelf.keys.applications,
      isk: application.client_id,
      label: { client_id: application.client_id, client_name: application.client_name, active: application.active },
      event: shelf.event('application.changed', { actor, clientId: application.client_id }),
    })
  return {
    async find(clientId: ClientId): Promise<ApplicationWithSecrets | undefined> {
      const page = await shelf.table.query({ pk: shelf.keys.application(clientId), limit: 20 })
      const application = page.items.find((item) => item.sk === 'APP')
      if (!application || application.client_id !== clientId) return undefined
      const secrets = page.items.filter((item) => item.sk.startsWith('SECRET#')).map((item) => fromItem<ApplicationSecret>(item))
      return { ...fromItem<Application>(application), secrets }
    },
    /** Throws `conflict` when the id is taken. */
    async create(application: Application, secret: string | undefined, actor: Actor): Promise<void> {
      const writes: Write[] = [{ put: write(application, actor), condition: ABSENT }]
      if (secret !== undefined) writes.push({ put: secretItem(application.client_id, secret) })
      await asConflict(shelf.table.transact(writes), 'an application with this client_id exists')
    },
    async update(application: Application, actor: Actor): Promise<Application> {
      const next = { ...application, version: application.version + 1 }
      await asConflict(
        shelf.table.put(write(next, actor), [{ attribute: 'version', is: 'equal', value: application.version }]),
        'the application was changed by someone else',
      )
      return next
    },
    async addSecret(clientId: ClientId, secret: string, actor: Actor = {}): Promise<void> {
      const item = secretItem(clientId, secret)
      const event = shelf.event('application.changed', { actor, clientId, data: { secretAdded: String(item.id) } })
      await shelf.table.put({ ...item, event })
    },
    async removeSecret(clientId: ClientId, id: string, actor: Actor = {}): Promise<void> {
      await shelf.table.transact([{ remove: secretKey(clientId, id) }, { put: gone(clientId, actor, { secretRemoved: id }) }])
    },
    /** The application first: what is left of it after a crash opens nothing. */
    async remove(clientId: ClientId, actor: Actor = {}): Promise<void> {
      await shelf.table.transact([{ remove: key(clientId) }, { put: gone(clientId, actor, { removed: true }) }])
      const page = await shelf.table.query({ pk: shelf.keys.application(clientId), limit: 20 })
      for (const item of page.items) await shelf.table.remove({ pk: item.pk, sk: item.sk })
    },
    async list(
      limit: number,
      cursor?: string,
    ): Promise<{ applications: { client_id: string; client_name: string; active: boolean }[]; cursor: string | undefined }> {
      const page = await shelf.table.query({ pk: shelf.keys.applications, index: true, limit, ...(cursor === undefined ? {} : { cursor }) })
      return {
        applications: page.items.map((item) => item.label as { client_id: string; client_name: string; active: boolean }),
        cursor: page.cursor,
      }
    },
  }

  /** What was removed carries no event; this does, for a day. It stands apart from the application, whose partition is read at each sign-in. */
  function gone(clientId: ClientId, actor: Actor, data: HouseEvent['data']) {
    const event = shelf.event('application.changed', { actor, clientId, ...(data ? { data } : {}) })
    return toItem({ pk: shelf.keys.configuration, sk: `GONE#${event.id}` }, {}, { ttl: shelf.now() + 86_400, event })
  }

  /** The id is derived from the secret, so adding the same secret twice is one secret. */
  function secretItem(clientId: ClientId, secret: string) {
    const hash = hashOfSecret(secret)
    const stored: ApplicationSecret = { id: hash.slice(0, 12), hash, createdAt: shelf.now() }
    return toItem(secretKey(clientId, stored.id), stored)
  }
}
