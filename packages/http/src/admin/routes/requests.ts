/** `/api/v1/requests`: what waits for approval and what was decided, for those who run the approvals. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId, type RequestId } from '@gatehouse/core/ids.ts'
import { abort } from '@gatehouse/workflow/abort.ts'
import { listRequests } from '@gatehouse/workflow/list_tasks.ts'
import { readRequest } from '@gatehouse/workflow/read_task.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json, pageQuery } from '../route.ts'
import { requestPageSchema, requestSchema } from '../schema/request.ts'

const tag = 'Requests'
const params = z.object({ id: z.string().max(80) })

export function requestRoutes(app: AdminApp): void {
  app.openapi(
    describe('workflows:read', {
      method: 'get',
      path: '/api/v1/requests',
      summary: 'List requests, newest first',
      tag,
      request: {
        query: pageQuery.extend({
          limit: z.coerce.number().int().min(1).max(100).default(50),
          stands: z.enum(['open', 'unassigned', 'finished']).optional().describe('`unassigned`: waits, and nobody can decide it'),
        }),
      },
      responses: { 200: json(requestPageSchema, 'A page of requests') },
    }),
    async (c) => {
      const { items, cursor } = await listRequests(c.env.here, c.req.valid('query'))
      return c.json(requestPageSchema.parse({ requests: items, cursor }), 200)
    },
  )

  app.openapi(
    describe('workflows:read', {
      method: 'get',
      path: '/api/v1/requests/{id}',
      summary: 'Read a request: what was asked, and who decided what when',
      tag,
      request: { params },
      responses: { 200: json(requestSchema, 'The request; its data is gone once the personal data was erased') },
    }),
    async (c) => c.json(requestSchema.parse(await readRequest(c.env.here, requestId(c.req.valid('param').id))), 200),
  )

  app.openapi(
    describe('workflows:write', {
      method: 'post',
      path: '/api/v1/requests/{id}/abort',
      summary: 'End a request that nobody will decide: nothing is done, the name is free again, the applicant is told',
      tag,
      request: { params },
      responses: { 200: json(requestSchema, 'The request as it ended') },
    }),
    async (c) => {
      const id = requestId(c.req.valid('param').id)
      await abort(c.env.here, id)
      return c.json(requestSchema.parse(await readRequest(c.env.here, id)), 200)
    },
  )
}

function requestId(text: string): RequestId {
  if (!isId('req', text)) throw new IamError('not_found', 'there is no such request')
  return text
}
