/** A try of a code that was sent: taken by one conditional write, before anything is compared. */
import { ONE_TIME_PASSWORD_TRIES } from '@gatehouse/core/one_time_password.ts'
import type { Item, Key } from '@gatehouse/ports/table.ts'
import { conflictAs } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** The item as it is then; undefined when there is no try left, or no code that is good. */
export async function reserveTry({ table, now }: Pick<Shelf, 'table' | 'now'>, key: Key): Promise<Item | undefined> {
  const written = await conflictAs(
    undefined,
    table.update(key, { add: { tries: 1 } }, [
      { attribute: 'tries', is: 'less', value: ONE_TIME_PASSWORD_TRIES },
      { attribute: 'expiresAt', is: 'greater', value: now() },
      { attribute: 'spentAt', is: 'absent' },
    ]),
  )
  return written?.item
}
