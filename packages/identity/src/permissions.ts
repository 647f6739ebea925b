/** What roles give: names for the `roles` claim, permissions for the scopes of the management API. Role definitions are cached configuration. */
import type { Application } from '@gatehouse/core/application.ts'
import { PERSONAL_SCOPES } from '@gatehouse/core/scope.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export async function roleNamesOf(ctx: TenantContext, user: Pick<User, 'roles'>): Promise<string[]> {
  if (user.roles.length === 0) return []
  const roles = await ctx.configuration.listRoles()
  return roles.filter((role) => user.roles.includes(role.id)).map((role) => role.name)
}

export async function permissionsOfUser(ctx: TenantContext, user: Pick<User, 'roles'>): Promise<ReadonlySet<string>> {
  if (user.roles.length === 0) return NONE
  const roles = await ctx.configuration.listRoles()
  return new Set(roles.filter((role) => user.roles.includes(role.id)).flatMap((role) => role.permissions))
}

export async function permissionsOfApplication(
  ctx: TenantContext,
  application: Pick<Application, 'gatehouse_roles'>,
): Promise<ReadonlySet<string>> {
  if (application.gatehouse_roles.length === 0) return NONE
  const roles = await ctx.configuration.listRoles()
  return new Set(roles.filter((role) => application.gatehouse_roles.includes(role.name)).flatMap((role) => role.permissions))
}

/**
 * Without the scopes that are some role's permission and none of those that the holder has: an application cannot give a person more than they hold, nor
 * itself.
 */
export async function withoutUnheldPermissions(
  ctx: TenantContext,
  scopes: readonly string[],
  held: ReadonlySet<string>,
): Promise<string[]> {
  if (scopes.every((scope) => PERSONAL_SCOPES.has(scope) || held.has(scope))) return [...scopes]
  const roles = await ctx.configuration.listRoles()
  const isPermission = (scope: string): boolean => roles.some((role) => role.permissions.includes(scope))
  return scopes.filter((scope) => held.has(scope) || !isPermission(scope))
}

const NONE: ReadonlySet<string> = new Set()
