/** `/api/v1/mail-marks`: addresses that the house does not write to, and how an administrator lets it write again. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import { type MailMark, markEnds } from '@gatehouse/core/mail_mark.ts'
import { loadUser } from '@gatehouse/directory/users.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json } from '../route.ts'

const tag = 'People'
const params = z.object({ address: z.string().min(3).max(320) })
const markSchema = z
  .object({
    address: z.string(),
    reason: z.enum(['bounced', 'complained']),
    permanent: z.boolean().describe('false: a full mailbox and the like'),
    at: z.string().describe('ISO 8601'),
    ends_at: z.string().optional().describe('When the house tries again by itself; absent: it does not'),
    status: z.string().optional().describe('What the receiving side said: RFC 3463, as 5.1.1'),
  })
  .openapi('MailMark')

export function mailMarkRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/mail-marks/{address}',
      summary: 'Is this address one that the house does not write to, and why',
      tag,
      request: { params },
      responses: { 200: json(markSchema, 'The mark; 404: there is none, and mails are sent') },
    }),
    async (c) => {
      const { address } = c.req.valid('param')
      const mark = await c.env.here.stores.mailMarks.find(address)
      if (!mark) throw new IamError('not_found', 'nothing is held against this address')
      return c.json(shown(address, mark), 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'delete',
      path: '/api/v1/mail-marks/{address}',
      summary: 'Have the house write to this address again',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; the next mail is sent' } },
    }),
    async (c) => {
      const { here } = c.env
      if (!(await here.stores.mailMarks.lift(c.req.valid('param').address, here.actor)))
        throw new IamError('not_found', 'nothing is held against this address')
      return c.body(null, 204)
    },
  )

  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}/mail-marks',
      summary: 'Which addresses of a person the house does not write to',
      tag,
      request: { params: z.object({ id: z.string().max(80) }) },
      responses: { 200: json(z.object({ marks: z.array(markSchema) }), 'The marks; none: all is well') },
    }),
    async (c) => {
      const { id } = c.req.valid('param')
      if (!isId('usr', id)) throw new IamError('not_found', 'there is no person with this id')
      const { emails } = await loadUser(c.env.here, id)
      const found = await Promise.all(emails.map(async ({ value }) => [value, await c.env.here.stores.mailMarks.find(value)] as const))
      return c.json({ marks: found.flatMap(([address, mark]) => (mark ? [shown(address, mark)] : [])) }, 200)
    },
  )
}

function shown(address: string, mark: MailMark) {
  const ends = markEnds(mark)
  return {
    address,
    reason: mark.reason,
    permanent: mark.permanent,
    at: new Date(mark.at).toISOString(),
    ...(ends === undefined ? {} : { ends_at: new Date(ends).toISOString() }),
    ...(mark.status === undefined ? {} : { status: mark.status }),
  }
}
