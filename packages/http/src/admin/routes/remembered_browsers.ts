/** `/api/v1/users/{id}/remembered-browsers`: for whoever helps a person that has lost a device. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { loadUser } from '@gatehouse/directory/users.ts'
import { listRememberedBrowsers } from '@gatehouse/identity/remembered_browser.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { type AdminApp, describe, json } from '../route.ts'

const tag = 'People'
const params = z.object({ id: z.string().max(80) })

const browserSchema = z
  .object({
    id: z.string(),
    user_agent: z.string(),
    remembered_at: z.number().int().describe('Seconds since the epoch'),
    last_used_at: z.number().int(),
    until: z.number().int(),
  })
  .openapi('RememberedBrowser')

export function rememberedBrowserRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}/remembered-browsers',
      summary: 'List the browsers in which a person is not asked for a further factor',
      tag,
      request: { params },
      responses: { 200: json(z.object({ browsers: z.array(browserSchema) }), 'The latest used first') },
    }),
    async (c) => {
      const all = await listRememberedBrowsers(c.env.here, await load(c))
      const browsers = all.map(({ id, userAgent, rememberedAt, lastUsedAt, until }) => ({
        id,
        user_agent: userAgent,
        remembered_at: rememberedAt,
        last_used_at: lastUsedAt,
        until,
      }))
      return c.json({ browsers }, 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/users/{id}/remembered-browsers',
      summary: 'Forget them all: the person is asked for a further factor everywhere',
      tag,
      request: { params },
      responses: { 204: { description: 'Forgotten' } },
    }),
    async (c) => {
      const { here } = c.env
      await here.stores.rememberedBrowsers.forgetAll((await load(c)).id, here.actor)
      return c.body(null, 204)
    },
  )
}

async function load(c: HouseContext): Promise<User> {
  const id = c.req.param('id')
  if (!isId('usr', id)) throw new IamError('not_found', 'there is no person with this id')
  return loadUser(c.env.here, id)
}
