/** `/api/v1/users/{id}/credentials`: a person's second factors, for whoever helps those who have lost theirs. Nothing of them is shown that could be used. */
import { IamError } from '@gatehouse/core/error.ts'
import { FACTOR_KINDS } from '@gatehouse/core/factor.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { loadUser } from '@gatehouse/directory/users.ts'
import { removeCredential } from '@gatehouse/identity/credentials.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { requireGrantable } from '../access.ts'
import { type AdminApp, describe, json } from '../route.ts'

const tag = 'People'
const params = z.object({ id: z.string().max(80) })

const credentialSchema = z
  .object({
    id: z.string(),
    kind: z.enum(FACTOR_KINDS as [string, ...string[]]),
    name: z.string().describe('What the person calls it'),
    created_at: z.number().int().describe('Seconds since the epoch'),
    last_used_at: z.number().int().optional(),
    left: z.number().int().optional().describe('Recovery codes that were not used'),
  })
  .openapi('Credential')

export function credentialRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}/credentials',
      summary: 'List the second factors of a person',
      tag,
      request: { params },
      responses: { 200: json(z.object({ credentials: z.array(credentialSchema) }), 'Without secrets and addresses') },
    }),
    async (c) => {
      const user = await load(c)
      const credentials = await c.env.here.stores.credentials.list(user.id, { consistent: true })
      const shown = credentials.map((credential) => ({
        id: credential.id,
        kind: credential.kind,
        name: credential.name,
        created_at: credential.createdAt,
        ...(credential.lastUsedAt === undefined ? {} : { last_used_at: credential.lastUsedAt }),
        ...('left' in credential ? { left: credential.left } : {}),
      }))
      return c.json({ credentials: shown }, 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/users/{id}/credentials/{credential}',
      summary: 'Remove a second factor of a person who has lost it; they are told by mail',
      tag,
      request: { params: params.extend({ credential: z.string().max(80) }) },
      responses: { 204: { description: 'Removed; the last one takes the recovery codes with it' } },
    }),
    async (c) => {
      const { here } = c.env
      const user = await load(c)
      const { credential } = c.req.valid('param')
      // As with a password: who may take it away could sign in as the person.
      await requireGrantable(c, await roleNames(c, user))
      if (!isId('crd', credential)) throw new IamError('not_found', 'the person has no such factor')
      await removeCredential(here, user.id, credential)
      return c.body(null, 204)
    },
  )
}

async function load(c: HouseContext): Promise<User> {
  const id = c.req.param('id')
  if (!isId('usr', id)) throw new IamError('not_found', 'there is no person with this id')
  return loadUser(c.env.here, id)
}

async function roleNames(c: HouseContext, user: User): Promise<string[]> {
  if (user.roles.length === 0) return []
  return (await c.env.here.stores.roles.list()).filter((role) => user.roles.includes(role.id)).map((role) => role.name)
}
