/** Marks of mail addresses that the house does not write to. The address itself is not kept, only its hash. */
import type { Actor, HouseEvent } from '@gatehouse/core/event.ts'
import { type MailMark, markEnds } from '@gatehouse/core/mail_mark.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Condition } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

/** `lifted`: taken away by an administrator, and kept as such, so that old feedback which comes again does not bring the mark back. */
type Stored = (MailMark & { readonly lifted: false }) | { readonly lifted: true; readonly permanent: false; readonly at: number }

/** Longer than any queue keeps feedback. */
const LIFTED_SECONDS = 15 * 86_400

export function mailMarkStore(shelf: Shelf) {
  const key = (address: string) => ({ pk: shelf.keys.mailMark(address), sk: 'M' })
  const older = (at: number): Condition => [
    {
      any: [
        { attribute: 'pk', is: 'absent' },
        { attribute: 'at', is: 'less', value: at },
      ],
    },
  ]
  const isOurs = async (work: Promise<unknown>): Promise<boolean> => {
    try {
      await work
      return true
    } catch (error) {
      if (isConflict(error)) return false
      throw error
    }
  }
  return {
    /** The mark that stands now. */
    async find(address: string): Promise<MailMark | undefined> {
      const { item } = await shelf.table.get(key(address))
      if (!item) return undefined
      const stored = fromItem<Stored>(item)
      if (stored.lifted) return undefined
      const { lifted, ...mark } = stored
      return (markEnds(mark) ?? Number.POSITIVE_INFINITY) > shelf.clock.now() ? mark : undefined
    },
    /** False where something newer, or graver, is known: feedback comes late, twice and in any order. */
    async put(address: string, mark: MailMark, event: HouseEvent): Promise<boolean> {
      const ends = markEnds(mark)
      const item = toItem(
        key(address),
        { ...mark, lifted: false } satisfies Stored,
        ends === undefined ? { event } : { event, ttl: Math.ceil(ends / 1000) },
      )
      const graver: Condition = mark.permanent
        ? []
        : [
            {
              any: [
                { attribute: 'pk', is: 'absent' },
                { attribute: 'permanent', is: 'equal', value: false },
              ],
            },
          ]
      return isOurs(shelf.table.put(item, [...older(mark.at), ...graver]))
    },
    /** A mail has arrived: a mark that would end by itself ends now. */
    async clear(address: string, at: number): Promise<void> {
      const { item } = await shelf.table.get(key(address))
      if (item?.permanent !== false || item.lifted === true) return
      await isOurs(shelf.table.remove(key(address), [...older(at), { attribute: 'permanent', is: 'equal', value: false }]))
    },
    /** An administrator takes it away. False: there was none. */
    async lift(address: string, actor: Actor): Promise<boolean> {
      const lifted: Stored = { lifted: true, permanent: false, at: shelf.clock.now() }
      const event = shelf.event('mail.unmarked', { actor })
      return isOurs(
        shelf.table.put(toItem(key(address), lifted, { ttl: shelf.now() + LIFTED_SECONDS, event }), [
          { attribute: 'lifted', is: 'equal', value: false },
        ]),
      )
    },
  }
}
