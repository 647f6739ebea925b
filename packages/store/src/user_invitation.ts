/** The invitation of a person to set their first password: one item beside the person, outside of what a sign-in reads. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { UserInvitation } from '@gatehouse/core/user_invitation.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export function userInvitationStore({ table, keys, now }: Shelf) {
  const key = (userId: UserId) => ({ pk: keys.user(userId), sk: 'I#INVITATION' })
  return {
    async find(userId: UserId): Promise<UserInvitation | undefined> {
      const { item } = await table.get(key(userId), { consistent: true })
      return item && fromItem<UserInvitation>(item)
    },
    /** In place of a former one. */
    async put(userId: UserId, invitation: UserInvitation, event: HouseEvent): Promise<void> {
      await table.put(toItem(key(userId), invitation, { event }))
    },
    /** To stand in the transaction that sets the password: fails for one that was accepted, or replaced by another. */
    acceptWrite(userId: UserId, id: string): Write {
      return {
        update: key(userId),
        change: { set: { acceptedAt: now() } },
        condition: [
          { attribute: 'id', is: 'equal', value: id },
          { attribute: 'acceptedAt', is: 'absent' },
        ],
      }
    },
  }
}
