/**
 * What people asked to recover: one item per question, named by the interaction and what was typed. Whom it is about is looked up by the relay, which then
 * writes it here; for a name that nobody has, the item and all that is done with it are the same.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId, InteractionId, UserId } from '@gatehouse/core/ids.ts'
import type { RecoveryWay, UserNameWay } from '@gatehouse/core/recovery_policy.ts'
import { fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import { reserveTry } from './reserve_try.ts'
import type { Shelf } from './shelf.ts'

export type RecoveryQuestion =
  | { readonly what: 'password'; readonly way: RecoveryWay /** A user name, or an e-mail address. */; readonly typed: string }
  | { readonly what: 'user_name'; readonly way: UserNameWay /** The address, or the number. */; readonly typed: string }

export type Recovery = {
  readonly id: string
  readonly question: RecoveryQuestion
  readonly interaction?: InteractionId
  readonly clientId?: ClientId
  readonly locale?: string
  /** A browser that these people have used before: it is counted apart for them. */
  readonly browser?: { readonly id: string; readonly userIds: readonly UserId[] }
  readonly nonce: string
  /** Seconds since the epoch, as are the others. */
  readonly expiresAt: number
  readonly sends: number
  readonly nextSendAt: number
  readonly tries: number
  readonly spentAt?: number
  /** Who was found, and got the code; a code is good for nothing before. */
  readonly userId?: UserId
  /** Where it was sent. */
  readonly address?: string
}

/** How long the number of sends and of tries is remembered after the last one. */
const MEMORY_SECONDS = 3600

export function recoveryStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (id: string) => ({ pk: keys.used('recovery', id), sk: 'X' })
  return {
    async find(id: string): Promise<Recovery | undefined> {
      const { item } = await table.get(key(id), { consistent: true })
      return item && Number(item.ttl) > shelf.now() ? fromItem<Recovery>(item) : undefined
    },
    /** The first of a question, or another instead of `before`, whose tries stay spent. False when another was asked for meanwhile. */
    ask(
      next: Omit<Recovery, 'tries' | 'spentAt' | 'userId' | 'address'>,
      before: Recovery | undefined,
      event: HouseEvent,
    ): Promise<boolean> {
      const item = toItem(key(next.id), { ...next, tries: before?.tries ?? 0 }, { ttl: next.expiresAt + MEMORY_SECONDS, event })
      return unlessConflict(
        table.put(
          item,
          before === undefined
            ? [
                {
                  any: [
                    { attribute: 'pk', is: 'absent' },
                    { attribute: 'ttl', is: 'at_most', value: shelf.now() },
                  ],
                },
              ]
            : [
                { attribute: 'nonce', is: 'equal', value: before.nonce },
                { attribute: 'tries', is: 'equal', value: before.tries },
                { attribute: 'spentAt', is: 'absent' },
              ],
        ),
      )
    },
    /** The relay found whom it is about. False when it was asked anew, or spent, meanwhile. */
    arm({ id, nonce }: Recovery, userId: UserId, address: string, event: HouseEvent): Promise<boolean> {
      return unlessConflict(
        table.update(key(id), { set: { userId, address, event: plain(event) } }, [
          { attribute: 'nonce', is: 'equal', value: nonce },
          { attribute: 'spentAt', is: 'absent' },
        ]),
      )
    },
    /** One of the tries, taken before anything is compared; undefined when there is none left, or nothing that is good. */
    async reserveTry(id: string): Promise<Recovery | undefined> {
      const item = await reserveTry(shelf, key(id))
      return item && fromItem<Recovery>(item)
    },
    /** True for the first, while the code is still the latest. */
    spend({ id, nonce }: Recovery): Promise<boolean> {
      return unlessConflict(
        table.update(key(id), { set: { spentAt: shelf.now() } }, [
          { attribute: 'nonce', is: 'equal', value: nonce },
          { attribute: 'spentAt', is: 'absent' },
        ]),
      )
    },
  }
}
