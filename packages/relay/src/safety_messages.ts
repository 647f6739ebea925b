/** Messages that let a person see, and stop, what somebody else does with their account. */
import { maskedAddress } from '@gatehouse/core/credential.ts'
import { type ChangeId, isId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { notMeUrl } from '@gatehouse/identity/not_me.ts'
import type { Handler } from './relay_house.ts'
import { givenNameOf, type Receiver, tell, verifiedReceiver } from './tell.ts'

const DAY = 86_400

/** At the address that was in force before, whatever the person has by now: whoever changes it could read the new one. */
export function tellAddressChange(stage: 'asked' | 'changed'): Handler {
  return async (ctx, event, house) => {
    const user = event.userId && (await ctx.stores.users.find(event.userId))
    if (!user) return
    const accountUrl = `${ctx.issuer}/account/security`
    const id = event.data?.change
    const change = isId('chg', id) ? await ctx.stores.addressChanges.find(user.id, id as ChangeId) : undefined
    if (!change) {
      // A number that was taken away; there is nothing to undo that its owner could not enter again.
      await tell(ctx, house, event, verifiedReceiver(user), 'address_change', {
        ...aboutOf(user),
        stage: 'removed',
        channel: 'phone_number',
        at: event.at,
        validDays: 0,
        accountUrl,
      })
      return
    }
    const validDays = Math.floor((change.undoUntil - Math.floor(event.at / 1000)) / DAY)
    const receiver = change.channel === 'email' ? oldMail(user, change.old) : verifiedReceiver(user)
    if (receiver === undefined && change.channel === 'phone_number' && change.old !== undefined) {
      await tell(ctx, house, event, { address: change.old, locale: user.locale }, 'address_change_text', { stage, accountUrl })
      return
    }
    await tell(ctx, house, event, receiver, 'address_change', {
      ...aboutOf(user),
      stage,
      channel: change.channel,
      address: maskedAddress(change.address),
      at: event.at,
      ...(event.actor.ip === undefined ? {} : { ip: event.actor.ip }),
      ...(validDays > 0
        ? {
            notMeUrl: await notMeUrl(
              ctx,
              { kind: 'address_change', userId: user.id, change: change.id },
              change.undoUntil - Math.floor(ctx.clock.now() / 1000),
            ),
          }
        : {}),
      validDays,
      accountUrl,
    })
  }
}

function oldMail(user: User, address: string | undefined): Receiver | undefined {
  return address === undefined ? undefined : { address, locale: user.locale }
}

function aboutOf(user: User): { name?: string; username: string } {
  return { ...givenNameOf(user), username: user.userName }
}
