/** Who may do what in the management API: the token's scopes and, at this moment, the roles of the person or application that holds it. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { isPermission, PERMISSIONS, type Permission } from '@gatehouse/core/permissions.ts'
import { parseScope } from '@gatehouse/core/scope.ts'
import { authenticateBearer, type BearerSubject } from '@gatehouse/identity/bearer.ts'
import type { HouseContext } from '../house.ts'

/** A request's holder is looked up once, however many checks ask. */
const holders = new WeakMap<Request, Promise<BearerSubject>>()

/** Throws `unauthenticated` or `invalid_token` without a token of this tenant, `insufficient_scope` when it, or its holder, lacks the permission. */
export async function requirePermission(c: HouseContext, permission: Permission): Promise<void> {
  const subject = await holder(c)
  if (!subject.permissions.has(permission))
    throw new IamError('insufficient_scope', `this needs the permission ${permission} (${PERMISSIONS[permission]})`)
  Object.assign(c.env.here.actor, { clientId: subject.clientId, ...(subject.userId ? { userId: subject.userId } : {}) })
}

/** Nobody hands out, takes away or changes what allows more than they may do themselves: a role, or a person or application that holds one. */
export async function requireGrantable(c: HouseContext, roleNames: readonly string[]): Promise<void> {
  if (roleNames.length === 0) return
  const roles = (await c.env.here.stores.roles.list()).filter((role) => roleNames.includes(role.name))
  await requireGrantablePermissions(
    c,
    roles.flatMap((role) => role.permissions),
  )
}

export async function requireGrantablePermissions(c: HouseContext, permissions: readonly string[]): Promise<void> {
  const held = (await holder(c)).permissions
  const missing = permissions.find((permission) => isPermission(permission) && !held.has(permission))
  if (missing !== undefined) throw new IamError('forbidden', `this concerns the permission ${missing}, which you do not hold`)
}

/**
 * An application acts with its own roles, and with the permissions in its scope for whoever signs in to it: who may change its redirect
 * URIs or its secret could take both.
 */
export async function requireGrantableApplication(
  c: HouseContext,
  application: Pick<Application, 'gatehouse_roles' | 'scope'>,
): Promise<void> {
  await requireGrantablePermissions(c, parseScope(application.scope))
  await requireGrantable(c, application.gatehouse_roles)
}

function holder(c: HouseContext): Promise<BearerSubject> {
  const asked = holders.get(c.req.raw) ?? authenticateBearer(c.env.here, c.req.header('authorization'))
  holders.set(c.req.raw, asked)
  return asked
}
