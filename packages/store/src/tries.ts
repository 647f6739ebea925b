/** Tries of a password or of another factor, reserved by a conditional write before anything is compared. */

import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import { isId, type UserId } from '@gatehouse/core/ids.ts'
import { NO_TRIES, needsSettling, reserveTry, TRIES_MEMORY_SECONDS, type TriesState } from '@gatehouse/core/lockout.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Item, Key } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import { hashOf } from './keys.ts'
import type { Shelf } from './shelf.ts'

export type { TriesState } from '@gatehouse/core/lockout.ts'

/**
 * Whose tries: a person's, from a browser that they have used before (its own count), or a name that nobody has (the same work). `factor`: of this one; absent:
 * of the password. In a first step a factor's tries are counted apart: a stranger needs no password for them, and uses up none of those that follow one.
 */
export type TriesOf = { readonly factor?: FactorKind | `first.${FactorKind}` } & (
  | { readonly userId: UserId; readonly knownBrowser?: string }
  | { readonly nobody: string }
)
/** `lockedUntil`: this try may still be made; the next has to wait until then (seconds since the epoch, 0: it need not). */
export type Reservation =
  | { readonly kind: 'reserved'; readonly lockedUntil: number }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }

const CONTENDED_TRIES = 5
/** Sessions of at most 1 KB: one read of half a unit. */
const SETTLED_AT_ONCE = 4

/** Beside the person's profile, so that a sign-in reads both at once. */
export function triesSortKey(knownBrowser: string | undefined, factor?: TriesOf['factor']): string {
  return ['A#LOCK', ...(factor === undefined ? [] : [factor]), ...(knownBrowser === undefined ? [] : [hashOf(knownBrowser)])].join('#')
}

/** Deletion is late: a state past its time counts for nothing, but its revision is still what the next write must follow. */
export function triesOf(item: Item, nowSeconds: number): TriesState {
  const state = fromItem<TriesState>(item)
  return Number(item.ttl) > nowSeconds ? state : { ...NO_TRIES, revision: state.revision }
}

export function triesStore(shelf: Shelf) {
  const keyOf = (of: TriesOf): Key =>
    'nobody' in of
      ? { pk: shelf.keys.nobody(of.nobody), sk: triesSortKey(undefined, of.factor) }
      : { pk: shelf.keys.user(of.userId), sk: triesSortKey(of.knownBrowser, of.factor) }
  return {
    /**
     * `known` is the state that the caller has read (undefined: none stored). `tryId` is the id of the session that a success would create;
     * `succeeded` that of a former try which is known to have succeeded.
     * One write when nobody else tries at the same time; those who lose the race read again, and give up as `locked` for a second.
     */
    async reserve(of: TriesOf, tryId: string, known: TriesState | undefined, succeeded?: string): Promise<Reservation> {
      const key = keyOf(of)
      let state = known
      for (let attempt = 0; attempt < CONTENDED_TRIES; attempt++) {
        if (attempt > 0) {
          const { item } = await shelf.table.get(key, { consistent: true })
          state = item && triesOf(item, shelf.now())
        }
        const now = shelf.now()
        const before = state ?? NO_TRIES
        const decision = reserveTry(before, tryId, now, await successesOf(key.pk, before, succeeded, needsSettling(before, now)))
        if (decision.kind === 'locked') return decision
        try {
          await shelf.table.put(
            toItem(key, decision.next, { ttl: now + TRIES_MEMORY_SECONDS }),
            state === undefined ? [{ attribute: 'pk', is: 'absent' }] : [{ attribute: 'revision', is: 'equal', value: before.revision }],
          )
          return { kind: 'reserved', lockedUntil: decision.next.lockedUntil }
        } catch (error) {
          if (!isConflict(error)) throw error
        }
      }
      return { kind: 'locked', retryAfterSeconds: 1 }
    },
    /** How many tries since the last success; asks which of them came to be only where there may be `many`. `known` as for `reserve`. */
    async countFailures(of: TriesOf, known: TriesState | undefined, succeeded: string | undefined, many: number): Promise<number> {
      const { pending } = known ?? NO_TRIES
      if (pending.length < many) return pending.length
      const successes = await successesOf(keyOf(of).pk, known ?? NO_TRIES, succeeded, true)
      return pending.length - 1 - pending.findLastIndex((id) => successes.has(id))
    },
    /** After a success that leaves no trace (a password change, an applicant who waits): nothing is held against the person. */
    async forget(of: TriesOf): Promise<void> {
      await shelf.table.remove(keyOf(of))
    },
    /** Of all tries of the person, from wherever and of whatever factor: the latest end of a delay in force; 0 where there is none. */
    async lockedUntil(userId: UserId): Promise<number> {
      const states = (await allOf(userId)).map((item) => triesOf(item, shelf.now()))
      return Math.max(0, ...states.map(({ lockedUntil }) => lockedUntil))
    },
    /** An administrator lets the person in again; the event stays where the tries of the password were. */
    async forgive(userId: UserId, event: HouseEvent): Promise<void> {
      const own = keyOf({ userId })
      const items = await allOf(userId)
      await Promise.all(items.filter(({ sk }) => sk !== own.sk).map(({ pk, sk }) => shelf.table.remove({ pk, sk })))
      await shelf.table.put(toItem(own, { ...NO_TRIES, revision: shelf.now() }, { ttl: shelf.now() + TRIES_MEMORY_SECONDS, event }))
    },
    /** The state for a name that nobody has, read as a person's record is: by the same call, so that its time tells nothing. */
    async find(of: TriesOf): Promise<TriesState | undefined> {
      const { pk, sk } = keyOf(of)
      const { items } = await shelf.table.query({ pk, prefix: 'A#', limit: 100 })
      const item = items.find((one) => one.sk === sk)
      return item && triesOf(item, shelf.now())
    },
  }

  async function allOf(userId: UserId): Promise<Item[]> {
    const found: Item[] = []
    let cursor: string | undefined
    do {
      const page = await shelf.table.query({
        pk: shelf.keys.user(userId),
        prefix: 'A#LOCK',
        limit: 100,
        consistent: true,
        ...(cursor === undefined ? {} : { cursor }),
      })
      found.push(...page.items)
      cursor = page.cursor
    } while (cursor !== undefined)
    return found
  }

  /**
   * Sessions' ids sort by the time of their interactions, so those of the pending tries stand side by side, and one short range has the latest. A name that
   * nobody has is looked up in the same way, so that its time tells nothing.
   */
  async function successesOf(pk: string, state: TriesState, known: string | undefined, matters: boolean): Promise<ReadonlySet<string>> {
    if (known !== undefined && state.pending.includes(known)) return new Set([known])
    const ids = matters ? state.pending.filter((id) => isId('ses', id)).sort() : []
    const [first, last] = [ids[0], ids.at(-1)]
    if (first === undefined || last === undefined) return new Set()
    const range = { from: `S#${first}`, to: `S#${last}`, limit: SETTLED_AT_ONCE, direction: 'descending' } as const
    const { items } = await shelf.table.query({ pk, ...range })
    return new Set(items.map(({ sk }) => sk.slice(2)))
  }
}
