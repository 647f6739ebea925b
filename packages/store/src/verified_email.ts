/** Whose verified address is whose: one item per address, so that two people can never have proved the same. */
import type { RequestId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

/** Who proved an address: a person, or a registration that waits for approval. */
export type EmailHolder = { readonly kind: 'user'; readonly userId: UserId } | { readonly kind: 'pending'; readonly requestId: RequestId }

export function verifiedEmailStore(shelf: Shelf) {
  const key = (address: string) => ({ pk: shelf.keys.email(address), sk: 'M' })
  const heldBy = (holder: EmailHolder) =>
    holder.kind === 'user'
      ? ({ attribute: 'userId', is: 'equal', value: holder.userId } as const)
      : ({ attribute: 'requestId', is: 'equal', value: holder.requestId } as const)
  return {
    async find(address: string): Promise<EmailHolder | undefined> {
      const { item } = await shelf.table.get(key(address), { consistent: true })
      return item && fromItem<EmailHolder>(item)
    },
    /** True when the address is this holder's from now on, or was before. `insteadOf`: a holder that has ceased to be. */
    async claim(address: string, holder: EmailHolder, insteadOf?: EmailHolder): Promise<boolean> {
      try {
        await shelf.table.put(toItem(key(address), holder), [
          { any: [{ attribute: 'pk', is: 'absent' }, heldBy(holder), ...(insteadOf ? [heldBy(insteadOf)] : [])] },
        ])
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** For a transaction that is right only while the address is this holder's. */
    heldWrite(address: string, holder: EmailHolder): Write {
      return { check: key(address), condition: [heldBy(holder)] }
    },
    /** The address is free again, if it was this holder's. */
    async release(address: string, holder: EmailHolder): Promise<void> {
      try {
        await shelf.table.remove(key(address), [heldBy(holder)])
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
  }
}
