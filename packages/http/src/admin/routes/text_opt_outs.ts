/** `/api/v1/text-opt-outs`: numbers whose owner wants no text messages. */
import { IamError } from '@gatehouse/core/error.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json } from '../route.ts'
import { phoneNumberSchema } from '../schema/user.ts'

const tag = 'People'
const path = '/api/v1/text-opt-outs/{number}'
const params = z.object({ number: phoneNumberSchema })
const optOutSchema = z
  .object({
    number: z.string(),
    by: z.enum(['administrator', 'network']).describe('network: its owner answered STOP'),
    at: z.string().describe('ISO 8601'),
  })
  .openapi('TextOptOut')

export function textOptOutRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path,
      summary: 'Does the owner of this number want no text messages',
      tag,
      request: { params },
      responses: { 200: json(optOutSchema, 'Since when; 404: nothing is known, and messages are sent') },
    }),
    async (c) => {
      const { number } = c.req.valid('param')
      const found = await c.env.here.stores.textOptOuts.find(number)
      if (!found) throw new IamError('not_found', 'the owner of this number has not opted out')
      return c.json({ number, by: found.by, at: new Date(found.at).toISOString() }, 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'put',
      path,
      summary: 'Send no text messages to this number',
      tag,
      request: { params },
      responses: { 204: { description: 'None is sent any more' } },
    }),
    async (c) => {
      const { stores, actor } = c.env.here
      await stores.textOptOuts.add(c.req.valid('param').number, 'administrator', actor)
      return c.body(null, 204)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path,
      summary: 'Send text messages to this number again',
      tag,
      request: { params },
      responses: { 204: { description: 'The next one is sent, unless the network refuses it' } },
    }),
    async (c) => {
      const { stores, actor } = c.env.here
      if (!(await stores.textOptOuts.remove(c.req.valid('param').number, actor)))
        throw new IamError('not_found', 'the owner of this number has not opted out')
      return c.body(null, 204)
    },
  )
}
