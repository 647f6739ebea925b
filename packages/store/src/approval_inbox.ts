/** Who has a task now: a pointer in the inbox of each role and person that may decide a request's open level. The request itself says everything else. */
import { type ApprovalRequest, isWaiting } from '@gatehouse/core/approval/request.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { RequestId, RoleId, UserId } from '@gatehouse/core/ids.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type InboxEntry = { readonly requestId: RequestId; readonly level: number; readonly openedAt: number }
/** A person with their roles, or roles alone. */
export type InboxOwner = { readonly userId?: UserId; readonly roleIds: readonly RoleId[] }
/** `after`: where the next page begins; undefined when every inbox is read to its end. */
export type InboxPage = { readonly entries: readonly InboxEntry[]; readonly after: string | undefined }

export function inboxStore(shelf: Shelf) {
  const { keys, table } = shelf

  return {
    /** Moves a request's pointers from where they were to where they belong; every pointer that stays is left alone. The first new one carries `event`. */
    moveWrites(before: ApprovalRequest | undefined, after: ApprovalRequest, event?: HouseEvent): Write[] {
      const [was, is] = [placesOf(before), placesOf(after)]
      const arriving = [...is].filter(([place]) => !was.has(place))
      return [
        ...arriving.map(([, { pk, sk, entry }], index) => ({ put: toItem({ pk, sk }, entry, index === 0 && event ? { event } : {}) })),
        ...[...was].filter(([place]) => !is.has(place)).map(([, { pk, sk }]) => ({ remove: { pk, sk } })),
      ]
    },

    /** What waits for a person in their own inbox and in those of their roles, oldest first, each task once. */
    async list({ userId, roleIds }: InboxOwner, limit: number, after?: string): Promise<InboxPage> {
      // A sort key is a whole word: nothing but itself begins with it, so this bound is just behind it.
      const from = after === undefined ? {} : { from: `${after}!` }
      const pages = await Promise.all(
        [...(userId ? [keys.userInbox(userId)] : []), ...roleIds.map(keys.roleInbox)].map((pk) =>
          table.query({ pk, limit: limit + 1, consistent: true, ...from }),
        ),
      )
      const found = new Map(pages.flatMap((page) => page.items).map((item) => [item.sk, item]))
      const sorted = [...found.values()].sort((a, b) => (a.sk < b.sk ? -1 : 1))
      const shown = sorted.slice(0, limit)
      return { entries: shown.map((item) => fromItem<InboxEntry>(item)), after: sorted.length > limit ? shown.at(-1)?.sk : undefined }
    },
  }

  function placesOf(request: ApprovalRequest | undefined): Map<string, { pk: string; sk: string; entry: InboxEntry }> {
    if (request === undefined || !isWaiting(request)) return new Map()
    const { level, openedAt } = request.state
    const { roles, users } = request.levels[level]?.approvers ?? { roles: [], users: [] }
    const sk = `${timeKey(openedAt)}#${request.id}#${level}`
    const entry: InboxEntry = { requestId: request.id, level, openedAt }
    return new Map([...roles.map(keys.roleInbox), ...users.map(keys.userInbox)].map((pk) => [`${pk}\n${sk}`, { pk, sk, entry }]))
  }
}

/** Milliseconds since the epoch, so that text order is time order. */
export function timeKey(milliseconds: number): string {
  return String(milliseconds).padStart(14, '0')
}
