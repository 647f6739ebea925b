/** Browsers in which a person asked not to be asked for a further factor: an item each, written when they asked. The browser's cookie names it, and is worth nothing without it. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { BrowserId, UserId } from '@gatehouse/core/ids.ts'
import type { Item } from '@gatehouse/ports/table.ts'
import { fromItem, plain, toItem } from './item.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

/** Times in seconds since the epoch. */
export type RememberedBrowser = {
  readonly id: BrowserId
  readonly userAgent: string
  readonly ip: string
  readonly rememberedAt: number
  readonly until: number
  /** To the day. */
  readonly lastUsedAt: number
  readonly securityEpoch: number
}

const DAY = 86_400
const NOT_FORGOTTEN = [
  { attribute: 'pk', is: 'present' },
  { attribute: 'forgottenAt', is: 'absent' },
] as const

export function rememberedBrowserStore(shelf: Shelf) {
  const { table, keys } = shelf
  const key = (userId: UserId, id: BrowserId) => ({ pk: keys.user(userId), sk: `B#${id}` })
  const isGood = (item: Item) => item.forgottenAt === undefined && Number(item.until) > shelf.now()
  const store = {
    async add(userId: UserId, browser: RememberedBrowser, actor: Actor): Promise<void> {
      const event = shelf.event('browser.remembered', { actor, userId, data: { browser: browser.id, until: browser.until } })
      await table.put(toItem(key(userId, browser.id), browser, { ttl: browser.until + DAY, event }))
    },
    /** Until later, and for more. False where it was forgotten meanwhile. */
    async extend(
      userId: UserId,
      id: BrowserId,
      { rememberedAt, until }: Pick<RememberedBrowser, 'rememberedAt' | 'until'>,
      actor: Actor,
    ): Promise<boolean> {
      const event = shelf.event('browser.remembered', { actor, userId, data: { browser: id, until } })
      const set = { rememberedAt, until, lastUsedAt: rememberedAt, ttl: until + DAY, event: plain(event) }
      return unlessConflict(table.update(key(userId, id), { set }, NOT_FORGOTTEN))
    },
    /** Undefined: its time is over, or somebody had it forgotten. */
    async find(userId: UserId, id: BrowserId): Promise<RememberedBrowser | undefined> {
      const { item } = await table.get(key(userId, id), { consistent: true })
      return item && isGood(item) ? fromItem<RememberedBrowser>(item) : undefined
    },
    async list(userId: UserId): Promise<RememberedBrowser[]> {
      const found: RememberedBrowser[] = []
      let cursor: string | undefined
      do {
        const page = await table.query({
          pk: keys.user(userId),
          prefix: 'B#',
          limit: 100,
          consistent: true,
          ...(cursor === undefined ? {} : { cursor }),
        })
        found.push(...page.items.filter(isGood).map((item) => fromItem<RememberedBrowser>(item)))
        cursor = page.cursor
      } while (cursor !== undefined)
      return found
    },
    /** Once a day: it is only told to the person. */
    async markUsed(userId: UserId, { id, lastUsedAt }: RememberedBrowser): Promise<void> {
      if (shelf.now() - lastUsedAt < DAY) return
      await unlessConflict(table.update(key(userId, id), { set: { lastUsedAt: shelf.now() } }, NOT_FORGOTTEN))
    },
    /** False when there is none such. */
    forget(userId: UserId, id: BrowserId, actor: Actor): Promise<boolean> {
      const event = shelf.event('browser.forgotten', { actor, userId, data: { browser: id } })
      return unlessConflict(table.update(key(userId, id), { set: { forgottenAt: shelf.now(), event: plain(event) } }, NOT_FORGOTTEN))
    },
    /** How many there were. */
    async forgetAll(userId: UserId, actor: Actor): Promise<number> {
      const all = await store.list(userId)
      const forgotten = await Promise.all(all.map(({ id }) => store.forget(userId, id, actor)))
      return forgotten.filter(Boolean).length
    },
  }
  return store
}
