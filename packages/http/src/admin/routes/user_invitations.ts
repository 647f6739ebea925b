/** `/api/v1/users/{id}/invitation`: the mail by which a person without a password sets one, sent, sent again, and what became of it. */
import { IamError } from '@gatehouse/core/error.ts'
import { invitationStateOf, type UserInvitation } from '@gatehouse/core/user_invitation.ts'
import { inviteUser } from '@gatehouse/identity/user_invitation.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { type AdminApp, describe, json } from '../route.ts'
import { loadAdministered, loadPerson, personParams } from './administered_person.ts'

const invitationSchema = z
  .object({
    state: z.enum(['invited', 'accepted', 'expired']),
    address: z.string().describe('Where it was sent'),
    invited_at: z.iso.datetime(),
    expires_at: z.iso.datetime(),
    accepted_at: z.iso.datetime().optional(),
  })
  .openapi('UserInvitation')

export function userInvitationRoutes(app: AdminApp): void {
  app.openapi(
    describe('users:read', {
      method: 'get',
      path: '/api/v1/users/{id}/invitation',
      summary: 'What became of the invitation of a person',
      tag: 'People',
      request: { params: personParams },
      responses: { 200: json(invitationSchema, 'The latest; 404 for whoever was never invited') },
    }),
    async (c) => {
      const invitation = await c.env.here.stores.userInvitations.find((await loadPerson(c)).id)
      if (invitation === undefined) throw new IamError('not_found', 'this person was not invited')
      return c.json(shown(c, invitation), 200)
    },
  )

  app.openapi(
    describe('users:write', {
      method: 'post',
      path: '/api/v1/users/{id}/invitation',
      summary: 'Invite a person without a password by mail, or once more: a link of before is worth nothing then',
      tag: 'People',
      request: { params: personParams },
      responses: { 201: json(invitationSchema, 'On its way') },
    }),
    async (c) => c.json(shown(c, await inviteUser(c.env.here, (await loadAdministered(c)).id)), 201),
  )
}

function shown(c: HouseContext, invitation: UserInvitation) {
  const iso = (seconds: number) => new Date(seconds * 1000).toISOString()
  const { address, invitedAt, expiresAt, acceptedAt } = invitation
  return {
    state: invitationStateOf(invitation, c.env.here.stores.shelf.now()),
    address,
    invited_at: iso(invitedAt),
    expires_at: iso(expiresAt),
    ...(acceptedAt === undefined ? {} : { accepted_at: iso(acceptedAt) }),
  }
}
