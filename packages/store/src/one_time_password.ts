/**
 * Codes that were sent: one item per challenge, named by what it is bound to. The code itself is not stored, nor a hash of it: it follows from the nonce by a key
 * that the store does not have.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { ClientId, UserId } from '@gatehouse/core/ids.ts'
import type { ShownPlace } from '@gatehouse/core/place.ts'
import type { Condition, Item } from '@gatehouse/ports/table.ts'
import { fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import { reserveTry } from './reserve_try.ts'
import type { Shelf } from './shelf.ts'

export type OneTimePassword = {
  readonly id: string
  /** A magic link is a code that is not typed, but opened. */
  readonly kind: Extract<FactorKind, 'email_otp' | 'sms_otp' | 'magic_link'>
  /** `first_step`: to say who somebody is, before anything was proven. */
  readonly purpose: 'sign_in' | 'first_step' | 'enrolment' | 'address_change'
  /** Absent for a name that nobody has: the same work, and a message to nobody. So is `address` where the person has none that was proven. */
  readonly userId?: UserId
  readonly address?: string
  /** The application that the person signs in to. */
  readonly clientId?: ClientId
  readonly locale?: string
  /** Of a first step: shown to whoever reads the message or opens the link. */
  readonly askedFrom?: { readonly ip?: string; readonly place?: ShownPlace }
  readonly nonce: string
  /** Seconds since the epoch, as are the others. */
  readonly sentAt: number
  readonly expiresAt: number
  readonly sends: number
  readonly nextSendAt: number
  readonly tries: number
  /** A magic link was opened in another browser, by somebody who said that they want to sign in. */
  readonly confirmedAt?: number
  readonly spentAt?: number
}

/** How long the number of codes and of tries is remembered after the last code. */
const MEMORY_SECONDS = 3600

export function oneTimePasswordStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (id: string) => ({ pk: keys.oneTimePassword(id), sk: 'X' })
  return {
    async find(id: string, { consistent = true } = {}): Promise<OneTimePassword | undefined> {
      const { item } = await table.get(key(id), { consistent })
      return item && Number(item.ttl) > shelf.now() ? oneTimePasswordOf(item) : undefined
    },
    /** The first code of a challenge, or one that replaces `before`. False when another was sent meanwhile. */
    async send(
      next: Omit<OneTimePassword, 'tries' | 'spentAt' | 'confirmedAt'>,
      before: OneTimePassword | undefined,
      event: HouseEvent,
    ): Promise<boolean> {
      const ttl = next.expiresAt + MEMORY_SECONDS
      if (before === undefined) {
        const forgotten: Condition = [
          {
            any: [
              { attribute: 'pk', is: 'absent' },
              { attribute: 'ttl', is: 'at_most', value: shelf.now() },
            ],
          },
        ]
        return unlessConflict(table.put(toItem(key(next.id), { ...next, tries: 0 }, { ttl, event }), forgotten))
      }
      const { nonce, sentAt, expiresAt, sends, nextSendAt } = next
      // The tries stay as they are: another code is no other chance.
      return unlessConflict(
        table.update(
          key(next.id),
          { set: { nonce, sentAt, expiresAt, sends, nextSendAt, ttl, event: plain(event) }, remove: ['confirmedAt'] },
          [
            { attribute: 'nonce', is: 'equal', value: before.nonce },
            { attribute: 'spentAt', is: 'absent' },
          ],
        ),
      )
    },
    /** One of the tries, taken before anything is compared; undefined when there is none left, or no code that is good. */
    async reserveTry(id: string): Promise<OneTimePassword | undefined> {
      const item = await reserveTry(shelf, key(id))
      return item && oneTimePasswordOf(item)
    },
    /** True for the first, while the link is still the latest and good. */
    confirm({ id, nonce }: OneTimePassword): Promise<boolean> {
      return unlessConflict(
        table.update(key(id), { set: { confirmedAt: shelf.now() } }, [
          { attribute: 'nonce', is: 'equal', value: nonce },
          { attribute: 'expiresAt', is: 'greater', value: shelf.now() },
          { attribute: 'spentAt', is: 'absent' },
          { attribute: 'confirmedAt', is: 'absent' },
        ]),
      )
    },
    /** True for the first, while the code is still the latest. `event`: where the spending is itself something to be told of. */
    spend({ id, nonce }: OneTimePassword, event?: HouseEvent): Promise<boolean> {
      return unlessConflict(
        table.update(key(id), { set: { spentAt: shelf.now(), ...(event ? { event: plain(event) } : {}) } }, [
          { attribute: 'nonce', is: 'equal', value: nonce },
          { attribute: 'spentAt', is: 'absent' },
        ]),
      )
    },
  }
}

function oneTimePasswordOf(item: Item): OneTimePassword {
  return fromItem<OneTimePassword>(item)
}
