/** `/api/v1/users/{id}/password-reset`: an administrator wants a person to set a new password. */
import { requirePasswordChange } from '@gatehouse/identity/password_change.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, body, describe } from '../route.ts'
import { loadAdministered, personParams } from './administered_person.ts'

const resetSchema = z
  .strictObject({
    endSessions: z.boolean().default(true).describe('What the person is signed in to, and what was granted there, ends at once'),
  })
  .openapi('PasswordReset')

export function passwordResetRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:write', {
      method: 'post',
      path: '/api/v1/users/{id}/password-reset',
      summary: 'Have a person set a new password at the next sign-in',
      tag: 'People',
      request: { params: personParams, body: body(resetSchema, 'When, and what ends') },
      responses: { 204: { description: 'From now on' } },
    }),
    async (c) => {
      const { endSessions } = c.req.valid('json')
      const user = await loadAdministered(c)
      await requirePasswordChange(c.env.here, user, endSessions)
      return c.body(null, 204)
    },
  )
}
