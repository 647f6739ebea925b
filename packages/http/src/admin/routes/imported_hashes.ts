/** `/api/v1/imported-hashes`: of which sorts the passwords are that were brought in, and the end of what refusals compute because of them. */
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json } from '../route.ts'

const tag = 'People'
const importedHashesSchema = z
  .object({
    sorts: z.array(
      z.object({
        name: z.string().describe('The function, with what is fixed of it'),
        work: z.number().describe('Of the dearest: rounds, iterations, N or passes'),
      }),
    ),
  })
  .openapi('ImportedHashes')

export function importedHashRoutes(app: AdminApp): void {
  app.openapi(
    describe('passwords:import', {
      method: 'get',
      path: '/api/v1/imported-hashes',
      summary: 'Sorts of password hashes that were brought in; each refused sign-in computes one of each',
      tag,
      responses: { 200: json(importedHashesSchema, 'The sorts') },
    }),
    async (c) => {
      const tenant = await c.env.here.stores.tenant.find()
      return c.json({ sorts: Object.entries(tenant?.importedHashes ?? {}).map(([name, work]) => ({ name, work })) }, 200)
    },
  )

  app.openapi(
    describe('passwords:import', {
      method: 'delete',
      path: '/api/v1/imported-hashes',
      summary: 'End what refused sign-ins compute besides: once few people are left whose hash was not renewed',
      tag,
      responses: { 204: { description: 'They can sign in as before; the time of a refusal may tell that one of them exists' } },
    }),
    async (c) => {
      const { house, here } = c.env
      if (await here.stores.tenant.forgetImportedHashes(here.actor)) house.cache.tenants.forget(here.tenant.id)
      return c.body(null, 204)
    },
  )
}
