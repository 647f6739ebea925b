/** Roles and groups by name and id. */
import { IamError } from '@gatehouse/core/error.ts'
import type { GroupId, RoleId } from '@gatehouse/core/ids.ts'
import { BUILT_IN_ROLES, isBuiltInRole } from '@gatehouse/core/permissions.ts'
import type { Role } from '@gatehouse/store/role.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

type Place = Pick<TenantContext, 'stores' | 'random' | 'actor'>

/** Makes the built-in roles of a tenant, and brings them up to what this version of the house knows. Repeating it changes nothing. */
export async function ensureBuiltInRoles(ctx: Place, names: readonly (keyof typeof BUILT_IN_ROLES)[]): Promise<void> {
  const existing = new Map((await ctx.stores.roles.list()).map((role) => [role.name, role]))
  for (const name of names) {
    const { id = `rol_${ctx.random.token(9)}` as const, version = 0, permissions = [] } = existing.get(name) ?? {}
    if (sameSet(permissions, BUILT_IN_ROLES[name])) continue
    await ctx.stores.roles.save({ id, name, permissions: BUILT_IN_ROLES[name], version }, ctx.actor)
  }
}

/** Creates or changes a role. A built-in role stays as it is, and its name is taken even where the tenant does not have it. */
export async function saveRole(ctx: Place, wanted: { readonly name: string; readonly permissions: readonly string[] }): Promise<Role> {
  const existing = await ctx.stores.roles.findByName(wanted.name)
  if (existing && sameSet(existing.permissions, wanted.permissions)) return existing
  if (isBuiltInRole(wanted.name)) throw new IamError('forbidden', `${wanted.name} is built in and cannot be changed`)
  return ctx.stores.roles.save({ id: existing?.id ?? `rol_${ctx.random.token(9)}`, version: existing?.version ?? 0, ...wanted }, ctx.actor)
}

export async function removeRole(ctx: Place, name: string): Promise<void> {
  if (isBuiltInRole(name)) throw new IamError('forbidden', `${name} is built in and cannot be removed`)
  const role = await ctx.stores.roles.findByName(name)
  if (!role) throw new IamError('not_found', `there is no role named ${name}`)
  await ctx.stores.roles.remove(role.id, ctx.actor)
}

/** Ids of the named roles. Names that do not exist are refused, each by its name. */
export async function roleIdsOf(ctx: Place, names: readonly string[], field = '/roles'): Promise<RoleId[]> {
  if (names.length === 0) return []
  const byName = new Map((await ctx.stores.roles.list()).map((role) => [role.name, role.id]))
  return resolve(names, byName, field, 'role')
}

export async function groupIdsOf(ctx: Place, names: readonly string[], field = '/groups'): Promise<GroupId[]> {
  if (names.length === 0) return []
  const byName = new Map((await ctx.stores.groups.list()).map((group) => [group.displayName, group.id]))
  return resolve(names, byName, field, 'group')
}

function resolve<I extends string>(names: readonly string[], byName: ReadonlyMap<string, I>, field: string, noun: string): I[] {
  return names.map((name, index) => {
    const id = byName.get(name)
    if (id === undefined) {
      throw new IamError('validation_failed', `there is no ${noun} named ${name}`, {
        fields: { [`${field}/${index}`]: `there is no ${noun} named ${name}` },
      })
    }
    return id
  })
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && [...a].sort().join('\n') === [...b].sort().join('\n')
}
