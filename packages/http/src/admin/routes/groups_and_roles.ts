/** `/api/v1/groups` and `/api/v1/roles`: by name, as configuration files have them. */
import { IamError } from '@gatehouse/core/error.ts'
import { listMembers, removeGroup, saveGroup } from '@gatehouse/directory/groups.ts'
import { removeRole, saveRole } from '@gatehouse/directory/roles.ts'
import { z } from '@hono/zod-openapi'
import { requireGrantable, requireGrantablePermissions } from '../access.ts'
import { type AdminApp, describe, json, readBack } from '../route.ts'
import { groupSchema, roleSchema } from '../schema/user.ts'
import { sameName } from './same_name.ts'

const tag = 'Groups and roles'
const params = z.object({ name: z.string().max(200) })
const storedRole = z.object({ id: z.string(), name: z.string(), permissions: z.array(z.string()) }).openapi('StoredRole')
const storedGroup = z.object({ id: z.string(), displayName: z.string(), members: z.array(z.string()).optional() }).openapi('StoredGroup')

export function roleRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/roles',
      summary: 'List roles',
      tag,
      responses: { 200: json(z.object({ roles: z.array(storedRole) }), 'All roles') },
    }),
    async (c) => {
      const roles = await c.env.here.stores.roles.list()
      return c.json({ roles: roles.map(({ id, name, permissions }) => ({ id, name, permissions: [...permissions] })) }, 200)
    },
  )
  app.openapi(
    describe('users:write', {
      method: 'put',
      path: '/api/v1/roles/{name}',
      summary: 'Create or change a role',
      tag,
      request: { params, body: readBack(roleSchema, ['id'], 'The role') },
      responses: { 200: json(storedRole, 'The role as it is now') },
    }),
    async (c) => {
      const wanted = sameName(c.req.valid('param').name, c.req.valid('json'), 'name')
      await requireGrantable(c, [wanted.name])
      await requireGrantablePermissions(c, wanted.permissions)
      const { id, name, permissions } = await saveRole(c.env.here, wanted)
      c.env.here.configuration.forgetAll()
      return c.json({ id, name, permissions: [...permissions] }, 200)
    },
  )
  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/roles/{name}',
      summary: 'Remove a role',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; requests that wait for it are flagged' } },
    }),
    async (c) => {
      const { name } = c.req.valid('param')
      await requireGrantable(c, [name])
      await removeRole(c.env.here, name)
      c.env.here.configuration.forgetAll()
      return c.body(null, 204)
    },
  )
}

export function groupRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/groups',
      summary: 'List groups',
      tag,
      responses: { 200: json(z.object({ groups: z.array(storedGroup) }), 'All groups') },
    }),
    async (c) => {
      const groups = await c.env.here.stores.groups.list()
      return c.json({ groups: groups.map(({ id, displayName }) => ({ id, displayName })) }, 200)
    },
  )
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/groups/{name}',
      summary: 'Read a group with its members',
      tag,
      request: { params },
      responses: { 200: json(storedGroup, 'The group') },
    }),
    async (c) => {
      const { here } = c.env
      const group = await here.stores.groups.findByName(c.req.valid('param').name)
      if (!group) throw new IamError('not_found', 'there is no group with this name')
      const people = await Promise.all((await listMembers(here, group.id)).map((id) => here.stores.users.find(id)))
      return c.json(
        { id: group.id, displayName: group.displayName, members: people.flatMap((user) => (user ? [user.userName] : [])).sort() },
        200,
      )
    },
  )
  app.openapi(
    describe('users:write', {
      method: 'put',
      path: '/api/v1/groups/{name}',
      summary: 'Create a group, and set its members where they are given',
      tag,
      request: { params, body: readBack(groupSchema, ['id'], 'The group') },
      responses: { 200: json(storedGroup, 'The group') },
    }),
    async (c) => {
      const { members, displayName } = sameName(c.req.valid('param').name, c.req.valid('json'), 'displayName')
      const group = await saveGroup(c.env.here, { displayName, ...(members ? { members } : {}) })
      return c.json({ id: group.id, displayName: group.displayName }, 200)
    },
  )
  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/groups/{name}',
      summary: 'Remove a group',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed' } },
    }),
    async (c) => {
      await removeGroup(c.env.here, c.req.valid('param').name)
      return c.body(null, 204)
    },
  )
}
