/** Consents of a person, one item per application; each change is an event, so their history is in the audit record. */
import { LONGEST_CLIENT_ID } from '@gatehouse/core/application.ts'
import type { Consent } from '@gatehouse/core/consent.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { ClientId, UserId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, PRESENT, toItem } from './item.ts'
import { asConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export function consentStore(shelf: Shelf) {
  const key = (userId: UserId, clientId: ClientId) => ({ pk: shelf.keys.user(userId), sk: `C#${clientId}` })
  return {
    async find(userId: UserId, clientId: ClientId): Promise<Consent | undefined> {
      // Longer ones are no application's, and no key.
      if (clientId.length > LONGEST_CLIENT_ID) return undefined
      const { item } = await shelf.table.get(key(userId, clientId))
      return item && fromItem<Consent>(item)
    },
    /** `consent.version` is 0 for a first consent, else the version that was read. */
    async grant(consent: Consent, actor: Actor): Promise<Consent> {
      const next = { ...consent, version: consent.version + 1 }
      const event = shelf.event('consent.granted', {
        actor,
        userId: consent.userId,
        clientId: consent.clientId,
        data: { scopes: consent.scopes, claims: consent.claims },
      })
      const condition = consent.version === 0 ? ABSENT : ([{ attribute: 'version', is: 'equal', value: consent.version }] as const)
      await asConflict(
        shelf.table.put(toItem(key(consent.userId, consent.clientId), next, { event }), condition),
        'this consent was changed in another window',
      )
      return next
    },
    /** The item stays a while, marked, so that the stream carries the withdrawal. The person's epoch grows with it, which redemption reads anyway. */
    async withdraw(userId: UserId, clientId: ClientId, actor: Actor): Promise<void> {
      const { item } = await shelf.table.get(key(userId, clientId), { consistent: true })
      if (!item) return
      const event = shelf.event('consent.withdrawn', { actor, userId, clientId })
      const writes: Write[] = [
        { remove: key(userId, clientId) },
        // Without a new version: a profile that stands open in a form may still be saved.
        { update: { pk: shelf.keys.user(userId), sk: 'A#PROFILE' }, change: { add: { consentEpoch: 1 } }, condition: PRESENT },
        {
          put: toItem(
            { pk: shelf.keys.user(userId), sk: `W#${clientId}#${shelf.now()}` },
            { clientId, withdrawnAt: shelf.now() },
            { ttl: shelf.now() + 7 * 86_400, event },
          ),
        },
      ]
      await asConflict(shelf.table.transact(writes), 'this person is there no more')
    },
    async list(userId: UserId): Promise<Consent[]> {
      const page = await shelf.table.query({ pk: shelf.keys.user(userId), prefix: 'C#', limit: 1000, consistent: true })
      return page.items.map((item) => fromItem<Consent>(item))
    },
  }
}
