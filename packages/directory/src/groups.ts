/** Groups: made by name; membership stands with the people. */
import { IamError } from '@gatehouse/core/error.ts'
import type { GroupId, UserId } from '@gatehouse/core/ids.ts'
import type { Group } from '@gatehouse/store/group.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { changeMembership } from './membership.ts'

type Place = Pick<TenantContext, 'stores' | 'random' | 'actor' | 'clock' | 'hasher'>

/** Creates the group where it is missing; `members`, by user name, are then exactly its members. Absent: they stay as they are. */
export async function saveGroup(
  ctx: Place,
  wanted: { readonly displayName: string; readonly members?: readonly string[] },
): Promise<Group> {
  const existing = await ctx.stores.groups.findByName(wanted.displayName)
  const group =
    existing ?? (await ctx.stores.groups.save({ id: `grp_${ctx.random.token(9)}`, displayName: wanted.displayName, version: 0 }, ctx.actor))
  if (wanted.members) await setMembers(ctx, group.id, wanted.members)
  return group
}

export async function removeGroup(ctx: Place, displayName: string): Promise<void> {
  const group = await ctx.stores.groups.findByName(displayName)
  if (!group) throw new IamError('not_found', `there is no group named ${displayName}`)
  await setMembers(ctx, group.id, [])
  await ctx.stores.groups.remove(group.id, ctx.actor)
}

export async function listMembers(ctx: Place, id: GroupId): Promise<UserId[]> {
  const found: UserId[] = []
  let cursor: string | undefined
  do {
    const page = await ctx.stores.users.listGroupMembers(id, 500, cursor)
    found.push(...page.userIds)
    cursor = page.cursor
  } while (cursor !== undefined)
  return found
}

async function setMembers(ctx: Place, id: GroupId, userNames: readonly string[]): Promise<void> {
  const wanted = new Set<UserId>()
  for (const [index, userName] of userNames.entries()) {
    const holder = await ctx.stores.users.findNameHolder(userName)
    if (holder?.kind !== 'user') {
      throw new IamError('validation_failed', `there is no person named ${userName}`, {
        fields: { [`/members/${index}`]: 'no such person' },
      })
    }
    wanted.add(holder.userId)
  }
  const present = new Set(await listMembers(ctx, id))
  for (const userId of wanted)
    if (!present.has(userId)) await changeMembership(ctx, userId, (user) => ({ ...user, groups: [...user.groups, id] }))
  for (const userId of present) {
    if (!wanted.has(userId))
      await changeMembership(ctx, userId, (user) => ({ ...user, groups: user.groups.filter((other) => other !== id) }))
  }
}
