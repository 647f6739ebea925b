/** `/api/v1/users/{id}/lock`: whether a person is held up after many wrong passwords or codes, and letting them in again. */
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json } from '../route.ts'
import { loadAdministered, loadPerson, personParams } from './administered_person.ts'

const lockSchema = z.object({ locked_until: z.iso.datetime().optional().describe('Absent: nobody is held up') }).openapi('Lock')

export function lockRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}/lock',
      summary: 'Until when a person is held up after many wrong tries, at the longest of the password and the factors',
      tag: 'People',
      request: { params: personParams },
      responses: {
        200: json(lockSchema, 'A delay that grows and ends; browsers in which the person has signed in before are counted apart'),
      },
    }),
    async (c) => {
      const { id } = await loadPerson(c)
      const { stores } = c.env.here
      const until = await stores.tries.lockedUntil(id)
      return c.json(until > stores.shelf.now() ? { locked_until: new Date(until * 1000).toISOString() } : {}, 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/users/{id}/lock',
      summary: 'Let a person try again at once: all tries of the password and of the factors are forgiven',
      tag: 'People',
      request: { params: personParams },
      responses: { 204: { description: 'Nothing is held against them' } },
    }),
    async (c) => {
      const { here } = c.env
      const { id } = await loadAdministered(c)
      await here.stores.tries.forgive(
        id,
        here.stores.shelf.event('user.unlocked', { actor: here.actor, userId: id, data: { how: 'administrator' } }),
      )
      return c.body(null, 204)
    },
  )
}
