/** `/api/v1/users`: people. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import { primaryEmail, shownName, type User } from '@gatehouse/core/user.ts'
import { checkLeavesAnAdministrator } from '@gatehouse/directory/last_administrator.ts'
import { changeUser, createUser, loadUser } from '@gatehouse/directory/users.ts'
import { setNewPassword } from '@gatehouse/identity/password_change.ts'
import { inviteUser } from '@gatehouse/identity/user_invitation.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { requireGrantable } from '../access.ts'
import { importPassword } from '../imported_password.ts'
import { checkAdministeredPassword } from '../password.ts'
import { type AdminApp, body, describe, json, pageQuery, readBack } from '../route.ts'
import { storedUserSchema, USER_READ_ONLY, userChangeSchema, userSchema } from '../schema/user.ts'

const tag = 'People'
const params = z.object({ id: z.string().max(80) })
const userSummarySchema = z
  .object({ id: z.string(), userName: z.string(), displayName: z.string(), email: z.string().optional(), active: z.boolean() })
  .openapi('UserSummary')

export function userRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users',
      summary: 'List people by user name',
      tag,
      request: {
        query: pageQuery.extend({
          startsWith: z.string().max(128).optional().describe('Beginning of the user name'),
          userName: z.string().max(128).optional().describe('Exactly this one'),
        }),
      },
      responses: { 200: json(z.object({ users: z.array(userSummarySchema), cursor: z.string().optional() }), 'A page of people') },
    }),
    async (c) => {
      const { limit, cursor, startsWith, userName } = c.req.valid('query')
      const { users } = c.env.here.stores
      if (userName !== undefined) {
        const user = await users.findByName(userName)
        return c.json({ users: user ? [summary(user)] : [] }, 200)
      }
      return c.json(
        await users.list(limit, { ...(cursor === undefined ? {} : { cursor }), ...(startsWith === undefined ? {} : { startsWith }) }),
        200,
      )
    },
  )

  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}',
      summary: 'Read a person',
      tag,
      request: { params },
      responses: { 200: json(storedUserSchema, 'The person; no password') },
    }),
    async (c) => c.json(await shown(c, await load(c)), 200),
  )

  app.openapi(
    describe('users:write', {
      method: 'post',
      path: '/api/v1/users',
      summary: 'Create a person',
      tag,
      request: { body: body(userSchema, 'The person') },
      responses: { 201: json(storedUserSchema, 'Created') },
    }),
    async (c) => {
      const { gatehouse_invite: invites, ...input } = c.req.valid('json')
      await requireGrantable(c, input.roles)
      const { passwordHash: given, ...person } = input
      checkOnePassword(person.password, given)
      if (invites) checkInvitable(input)
      if (person.password !== undefined) await checkAdministeredPassword(c, person.password, person)
      const imported = given === undefined ? undefined : await importPassword(c, given)
      const user = await createUser(c.env.here, person, { imported })
      if (invites) await inviteUser(c.env.here, user.id)
      return c.json(await shown(c, user), 201)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'patch',
      path: '/api/v1/users/{id}',
      summary: 'Change a person: fields that are named replace what is there',
      tag,
      request: { params, body: readBack(userChangeSchema, USER_READ_ONLY, 'The fields to replace') },
      responses: { 200: json(storedUserSchema, 'Changed') },
    }),
    async (c) => {
      const { here } = c.env
      const { password, passwordHash: given, userName, ...fields } = c.req.valid('json')
      checkOnePassword(password, given)
      const before = await load(c)
      if (userName !== undefined && userName !== before.userName)
        throw new IamError('validation_failed', 'a user name stays what it is', { fields: { '/userName': 'cannot be changed' } })
      await requireGrantable(c, [...(fields.roles ?? []), ...(await roleNames(c, before))])
      await checkLeavesAnAdministrator(here, before, fields)
      if (password !== undefined) await checkAdministeredPassword(c, password, { ...before, ...fields })
      const imported = given === undefined ? undefined : await importPassword(c, given)
      let user = Object.keys(fields).length > 0 ? await changeUser(here, before, fields) : before
      if (password !== undefined) user = await setNewPassword(here, user, { password })
      else if (imported !== undefined) user = await here.stores.users.setPassword(user, imported, here.actor)
      return c.json(await shown(c, user), 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/users/{id}',
      summary: 'Remove a person: sessions, consents and authorizations go with them',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; the user name is free' } },
    }),
    async (c) => {
      const user = await load(c)
      await requireGrantable(c, await roleNames(c, user))
      await checkLeavesAnAdministrator(c.env.here, user, { active: false })
      await c.env.here.stores.users.remove(user, c.env.here.actor)
      return c.body(null, 204)
    },
  )
}

function checkOnePassword(password: string | undefined, hash: unknown): void {
  if (password !== undefined && hash !== undefined)
    throw new IamError('validation_failed', 'password and passwordHash are two ways to say one thing', {
      fields: { '/passwordHash': 'not beside password' },
    })
}

function checkInvitable({ password, passwordHash, emails, active }: z.output<typeof userSchema>): void {
  const fields = {
    ...(password === undefined ? {} : { '/password': 'whoever is invited chooses it' }),
    ...(passwordHash === undefined ? {} : { '/passwordHash': 'whoever is invited chooses a password' }),
    ...(emails.length > 0 ? {} : { '/emails': 'an address to be invited at' }),
    ...(active ? {} : { '/active': 'whoever is invited is not switched off' }),
  }
  if (Object.keys(fields).length > 0) throw new IamError('validation_failed', 'this person cannot be invited', { fields })
}

async function load(c: HouseContext): Promise<User> {
  const id = c.req.param('id')
  if (!isId('usr', id)) throw new IamError('not_found', 'there is no person with this id')
  return loadUser(c.env.here, id)
}

function summary(user: User) {
  const email = primaryEmail(user)?.value
  return {
    id: user.id,
    userName: user.userName,
    displayName: shownName(user),
    ...(email === undefined ? {} : { email }),
    active: user.active,
  }
}

/** Roles and groups by name. What was deleted meanwhile is left out. */
async function shown(c: HouseContext, user: User): Promise<z.output<typeof storedUserSchema>> {
  const groups = user.groups.length === 0 ? [] : await c.env.here.stores.groups.list()
  return storedUserSchema.parse({
    ...user,
    roles: await roleNames(c, user),
    groups: groups.filter((group) => user.groups.includes(group.id)).map((group) => group.displayName),
  })
}

async function roleNames(c: HouseContext, user: User): Promise<string[]> {
  if (user.roles.length === 0) return []
  return (await c.env.here.stores.roles.list()).filter((role) => user.roles.includes(role.id)).map((role) => role.name)
}
