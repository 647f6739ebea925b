/** `/api/v1/users/{id}/password-reset`: an administrator wants a person to set a new password. */
import { forceReset } from '@gatehouse/identity/forced_reset.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, body, describe } from '../route.ts'
import { loadAdministered, personParams } from './administered_person.ts'

const resetSchema = z
  .strictObject({
    by: z
      .enum(['sign_in', 'mail'])
      .default('sign_in')
      .describe('sign_in: after the present one, at the next sign-in; mail: the present one ends at once, and a link is mailed'),
    endSessions: z.boolean().default(true).describe('What the person is signed in to, and what was granted there, ends at once'),
  })
  .openapi('PasswordReset')

export function passwordResetRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:write', {
      method: 'post',
      path: '/api/v1/users/{id}/password-reset',
      summary: 'Have a person set a new password; they are told by mail',
      tag: 'People',
      request: { params: personParams, body: body(resetSchema, 'When, and what ends') },
      responses: { 204: { description: 'From now on' } },
    }),
    async (c) => {
      await forceReset(c.env.here, await loadAdministered(c), c.req.valid('json'))
      return c.body(null, 204)
    },
  )
}
