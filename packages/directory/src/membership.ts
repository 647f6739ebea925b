/** Changes what a person belongs to, or another part of them, against the newest version of them: a few tries when someone else changes them at the same time. */
import { IamError } from '@gatehouse/core/error.ts'
import type { EventKind } from '@gatehouse/core/event.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

const TRIES = 5

export async function changeMembership(
  ctx: Pick<TenantContext, 'stores' | 'actor'>,
  id: UserId,
  change: (user: User) => User,
  kind: EventKind = 'user.roles_changed',
): Promise<User | undefined> {
  for (let attempt = 1; ; attempt++) {
    const before = await ctx.stores.users.find(id, { consistent: true })
    if (!before) return undefined
    try {
      return await ctx.stores.users.update(before, change(before), kind, ctx.actor)
    } catch (error) {
      if (!(error instanceof IamError) || error.code !== 'conflict' || attempt === TRIES) throw error
    }
  }
}
