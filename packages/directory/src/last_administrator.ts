/** A tenant keeps an administrator: the last active holder of a built-in role keeps it, since nobody could give it back. */
import { IamError } from '@gatehouse/core/error.ts'
import type { RoleId } from '@gatehouse/core/ids.ts'
import { isBuiltInRole } from '@gatehouse/core/permissions.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

type Place = Pick<TenantContext, 'stores'>

/** `change`: what the person will be; roles by name. Throws `conflict`. Two administrators who remove one another at the same moment are not seen. */
export async function checkLeavesAnAdministrator(
  ctx: Place,
  before: User,
  change: { readonly active?: boolean; readonly roles?: readonly string[] },
): Promise<void> {
  if (!before.active || before.roles.length === 0) return
  const held = (await ctx.stores.roles.list()).filter((role) => isBuiltInRole(role.name) && before.roles.includes(role.id))
  const lost = held.filter((role) => change.active === false || (change.roles !== undefined && !change.roles.includes(role.name)))
  for (const role of lost) {
    if (!(await hasAnotherActiveMember(ctx, role.id, before)))
      throw new IamError('conflict', `${before.userName} is the last ${role.name}; give the role to another person first`)
  }
}

async function hasAnotherActiveMember(ctx: Place, roleId: RoleId, except: User): Promise<boolean> {
  let cursor: string | undefined
  do {
    const page = await ctx.stores.users.listRoleMembers(roleId, 50, cursor)
    for (const id of page.userIds) {
      if (id !== except.id && (await ctx.stores.users.find(id))?.active) return true
    }
    cursor = page.cursor
  } while (cursor !== undefined)
  return false
}
