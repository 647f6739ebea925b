/** Who may do what in the management API: the token's scopes and, at this moment, the roles of the person or application that holds it. */
import { IamError } from '@gatehouse/core/error.ts'
import { isPermission, PERMISSIONS, type Permission } from '@gatehouse/core/permissions.ts'
import { authenticateBearer, type BearerSubject } from '@gatehouse/identity/bearer.ts'
import { permissionsOfApplication, permissionsOfUser } from '@gatehouse/identity/permissions.ts'
import type { HouseContext } from '../house.ts'

const known = new WeakMap<Request, Promise<{ subject: BearerSubject; permissions: ReadonlySet<string> }>>()

/** Throws `invalid_token` without a token of this tenant, `insufficient_scope` when it, or its holder, lacks the permission. */
export async function requirePermission(c: HouseContext, permission: Permission): Promise<BearerSubject> {
  const { subject, permissions } = await holder(c)
  if (!permissions.has(permission))
    throw new IamError('insufficient_scope', `this needs the permission ${permission} (${PERMISSIONS[permission]})`)
  Object.assign(c.env.here.actor, { clientId: subject.clientId, ...(subject.userId ? { userId: subject.userId } : {}) })
  return subject
}

/** Nobody gives a role that allows more than they may do themselves, nor changes a person who holds one. */
export async function requireGrantable(c: HouseContext, roleNames: readonly string[]): Promise<void> {
  if (roleNames.length === 0) return
  const wanted = new Set(roleNames)
  const roles = (await c.env.here.stores.roles.list()).filter((role) => wanted.has(role.name))
  await requireGrantablePermissions(
    c,
    roles.flatMap((role) => role.permissions),
  )
}

export async function requireGrantablePermissions(c: HouseContext, permissions: readonly string[]): Promise<void> {
  const { permissions: held } = await holder(c)
  const missing = permissions.find((permission) => isPermission(permission) && !held.has(permission))
  if (missing !== undefined) throw new IamError('forbidden', `this concerns a role with the permission ${missing}, which you do not hold`)
}

function holder(c: HouseContext) {
  const asked = known.get(c.req.raw) ?? identify(c)
  known.set(c.req.raw, asked)
  return asked
}

async function identify(c: HouseContext) {
  const { here } = c.env
  const subject = await authenticateBearer(here, c.req.header('authorization'))
  const scopes = new Set<string>(subject.scopes)
  const rights = await currentPermissions(c, subject)
  return { subject, permissions: new Set([...rights].filter((permission) => scopes.has(permission))) }
}

/** What the holder's roles allow now, whatever they allowed when the token was made. */
async function currentPermissions(c: HouseContext, subject: BearerSubject): Promise<ReadonlySet<string>> {
  const { here } = c.env
  if (subject.userId !== undefined) {
    const user = await here.stores.users.find(subject.userId, { consistent: true })
    return user?.active ? permissionsOfUser(here, user) : new Set()
  }
  const application = await here.configuration.findApplication(subject.clientId)
  return application ? permissionsOfApplication(here, application) : new Set()
}
