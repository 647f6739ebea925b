/** What is remembered of where people sign in, who came new to a network, and the sign-ins that were risky. Nothing of it is read or written where a tenant does not look at risk. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { RiskHistory } from '@gatehouse/core/risk/history.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { ABSENT, fromItem, toItem } from './item.ts'
import { hashOf } from './keys.ts'
import type { Shelf } from './shelf.ts'

/** Who does not come for so long is forgotten. */
const REMEMBERED_SECONDS = 400 * 86_400
const NEWCOMERS_SECONDS = 3600
/** More would say nothing more, and make the item large. */
const MOST_NEWCOMERS = 40
export const RISKY_KEPT_DAYS = 90

export function riskStore(shelf: Shelf) {
  const { keys, table } = shelf
  const historyKey = (userId: UserId) => ({ pk: keys.user(userId), sk: 'RISK' })
  const networkKey = (network: string) => ({
    pk: keys.used('newcomers', `${network}\n${Math.floor(shelf.now() / NEWCOMERS_SECONDS)}`),
    sk: 'X',
  })
  return {
    async findHistory(userId: UserId): Promise<RiskHistory | undefined> {
      const { item } = await table.get(historyKey(userId), { consistent: true })
      return item && Number(item.ttl) > shelf.now() ? fromItem<RiskHistory>(item) : undefined
    },
    /** Of two sign-ins at the same moment one may be forgotten: it is remembered with the next. */
    async remember(userId: UserId, history: RiskHistory): Promise<void> {
      await table.put(toItem(historyKey(userId), history, { ttl: shelf.now() + REMEMBERED_SECONDS }))
    },
    /** How many people came to this network with a device that is new to them, within the hour. `newcomer`: this one, counted once. */
    async countNewcomers(network: string, newcomer?: UserId): Promise<number> {
      const { item } = await table.get(networkKey(network))
      const seen = Object.keys(item ?? {}).filter((name) => name.startsWith('p_'))
      if (newcomer === undefined) return seen.length
      const own = `p_${hashOf(newcomer, 11)}`
      if (seen.includes(own)) return seen.length
      if (seen.length < MOST_NEWCOMERS)
        await table.update(networkKey(network), { set: { [own]: 1, ttl: shelf.now() + 2 * NEWCOMERS_SECONDS } })
      return seen.length + 1
    },
    /** The event is the record, and has its consequences; here it is found again. */
    async tell(event: HouseEvent): Promise<void> {
      try {
        const key = { pk: keys.risky(dayOf(event.at)), sk: `${String(event.at).padStart(14, '0')}#${event.id}` }
        await table.put(toItem(key, {}, { event, ttl: shelf.now() + RISKY_KEPT_DAYS * 86_400 }), ABSENT)
      } catch (error) {
        if (!isConflict(error)) throw error
      }
    },
    /** Of one day (`YYYY-MM-DD`, UTC), newest first. */
    async list(
      day: string,
      limit: number,
      cursor?: string,
    ): Promise<{ readonly events: HouseEvent[]; readonly cursor: string | undefined }> {
      const page = await table.query({ pk: keys.risky(day), direction: 'descending', limit, ...(cursor === undefined ? {} : { cursor }) })
      return { events: page.items.map(({ event }) => event as unknown as HouseEvent), cursor: page.cursor }
    },
  }
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10)
}
