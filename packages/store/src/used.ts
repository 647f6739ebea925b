/** Things that may be used once (a `jti`, a link, an invitation): the first conditional write wins, the item stays so that a replay is seen. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Condition, Item } from '@gatehouse/ports/table.ts'
import { ABSENT, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type Purpose =
  | 'jti'
  | 'email_verification'
  | 'invitation'
  | 'csrf'
  | 'not_me'
  | 'risky_sign_in'
  | 'breach_check'
  | 'captcha'
  | 'certificate'
  | 'webauthn_registration'
  | 'recovery'
  | 'unlock'

export function usedStore(shelf: Shelf) {
  const store = {
    /** Stands in the transaction of what the use leads to: both happen, or neither. Its condition fails for everyone after the first. */
    consumeWrite(purpose: Purpose, value: string, expiresAt: number, event?: HouseEvent): { put: Item; condition: Condition } {
      const key = { pk: shelf.keys.used(purpose, value), sk: 'X' }
      return { put: toItem(key, { usedAt: shelf.now() }, { ttl: expiresAt + 60, ...(event ? { event } : {}) }), condition: ABSENT }
    },
    /** True for the first; false for everyone after. `expiresAt` in seconds since the epoch: until when the value would be accepted at all. */
    async consume(purpose: Purpose, value: string, expiresAt: number, event?: HouseEvent): Promise<boolean> {
      const { put, condition } = store.consumeWrite(purpose, value, expiresAt, event)
      try {
        await shelf.table.put(put, condition)
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    async isUsed(purpose: Purpose, value: string): Promise<boolean> {
      return (await shelf.table.get({ pk: shelf.keys.used(purpose, value), sk: 'X' }, { consistent: true })).item !== undefined
    },
  }
  return store
}
