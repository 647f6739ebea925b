/** `/api/v1/audit` and `/api/v1/keys/rotation`: what an operator looks at and does. */
import { rotateSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json } from '../route.ts'

export function operationRoutes(app: AdminApp): void {
  app.openapi(
    describe('audit:read', {
      method: 'get',
      path: '/api/v1/audit',
      summary: 'Read the audit record of a day, newest first',
      tag: 'Operation',
      request: { query: z.object({ day: z.iso.date().describe('UTC'), limit: z.coerce.number().int().min(1).max(500).default(100) }) },
      responses: {
        200: json(z.object({ records: z.array(z.looseObject({ id: z.string(), kind: z.string(), at: z.number() })) }), 'Records'),
      },
    }),
    async (c) => {
      const { day, limit } = c.req.valid('query')
      const records = await c.env.here.stores.audit.list(day, limit)
      return c.json({ records: records.map((record) => ({ ...record })) }, 200)
    },
  )

  app.openapi(
    describe('keys:rotate', {
      method: 'post',
      path: '/api/v1/keys/rotation',
      summary: 'Begin the rotation of all signing keys',
      tag: 'Operation',
      responses: {
        202: json(
          z.object({ keys: z.array(z.object({ kid: z.string(), alg: z.string(), active_at: z.number().int() })) }),
          'New keys are published now and sign from `active_at` (seconds since the epoch) on',
        ),
      },
    }),
    async (c) => {
      const { here } = c.env
      const fresh = new Set(await rotateSigningKeys(here))
      here.configuration.forgetAll()
      const keys = (await here.stores.signingKeys.list()).filter((key) => fresh.has(key.kid))
      return c.json({ keys: keys.map(({ kid, alg, activeAt }) => ({ kid, alg, active_at: activeAt })) }, 202)
    },
  )
}
