/** Counts in fixed windows: failures per network, look-ups of user names, mails per address, text messages. One write per count, or all of an act in one transaction. */
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Condition, Write } from '@gatehouse/ports/table.ts'
import { ABSENT, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type RateLimit = { readonly name: string; readonly limit: number; readonly windowSeconds: number }
export type RateAnswer = { readonly allowed: true } | { readonly allowed: false; readonly retryAfterSeconds: number }

export function rateStore(shelf: Shelf) {
  const place = (limit: RateLimit, who: string) => {
    const window = Math.floor(shelf.now() / limit.windowSeconds)
    return { key: { pk: shelf.keys.used('rate', `${limit.name}\n${who}\n${window}`), sk: 'X' }, ends: (window + 1) * limit.windowSeconds }
  }
  return {
    /** Takes one of the window's places, if there is one left. */
    async take(limit: RateLimit, who: string): Promise<RateAnswer> {
      const { key, ends } = place(limit, who)
      try {
        await shelf.table.update(key, { add: { count: 1 }, set: { ttl: ends + 60 } }, below(limit.limit))
        return { allowed: true }
      } catch (error) {
        if (isConflict(error)) return { allowed: false, retryAfterSeconds: Math.max(1, ends - shelf.now()) }
        throw error
      }
    },
    /**
     * Takes a place of each, or of none, once for an act however often it is tried. Gives the one that has no place left. `act` is remembered for a day
     * beyond its longest window.
     */
    async takeAll<L extends RateLimit & { readonly who: string }>(act: string, limits: readonly L[]): Promise<L | undefined> {
      const longest = Math.max(0, ...limits.map(({ windowSeconds }) => windowSeconds))
      const taken: Write = {
        put: toItem({ pk: shelf.keys.used('rated', act), sk: 'X' }, {}, { ttl: shelf.now() + longest + 86_400 }),
        condition: ABSENT,
      }
      const places = limits.map((limit): Write => {
        const { key, ends } = place(limit, limit.who)
        return { update: key, change: { add: { count: 1 }, set: { ttl: ends + 60 } }, condition: below(limit.limit) }
      })
      try {
        await shelf.table.transact([taken, ...places])
        return undefined
      } catch (error) {
        if (!isConflict(error) || error.index === undefined) throw error
        // Where it is the first write whose condition failed, this act has its places already.
        return limits[error.index - 1]
      }
    },
    /** Is there a place left? Reads only. */
    async peek(limit: RateLimit, who: string): Promise<RateAnswer> {
      const { ends } = place(limit, who)
      return (await this.count(limit, who)) >= limit.limit
        ? { allowed: false, retryAfterSeconds: Math.max(1, ends - shelf.now()) }
        : { allowed: true }
    },
    /** How many places are taken. Reads only. */
    async count(limit: RateLimit, who: string): Promise<number> {
      const { item } = await shelf.table.get(place(limit, who).key)
      return typeof item?.count === 'number' ? item.count : 0
    },
  }
}

function below(limit: number): Condition {
  return [
    {
      any: [
        { attribute: 'count', is: 'absent' },
        { attribute: 'count', is: 'less', value: limit },
      ],
    },
  ]
}
