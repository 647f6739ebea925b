/** Counts in fixed windows: failures per network, look-ups of user names, mails per address. One write per count. */
import { isConflict } from '@gatehouse/core/table_error.ts'
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
        await shelf.table.update(key, { add: { count: 1 }, set: { ttl: ends + 60 } }, [
          {
            any: [
              { attribute: 'count', is: 'absent' },
              { attribute: 'count', is: 'less', value: limit.limit },
            ],
          },
        ])
        return { allowed: true }
      } catch (error) {
        if (isConflict(error)) return { allowed: false, retryAfterSeconds: Math.max(1, ends - shelf.now()) }
        throw error
      }
    },
    /** Is there a place left? Reads only. */
    async peek(limit: RateLimit, who: string): Promise<RateAnswer> {
      const { key, ends } = place(limit, who)
      const { item } = await shelf.table.get(key)
      return typeof item?.count === 'number' && item.count >= limit.limit
        ? { allowed: false, retryAfterSeconds: Math.max(1, ends - shelf.now()) }
        : { allowed: true }
    },
  }
}
