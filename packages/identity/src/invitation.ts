/** The one-time link of the first start: whoever has it sets up the first administrator. It is dead after half an hour, once used, and as soon as there is an administrator. */
import { BUILT_IN_ROLES } from '@gatehouse/core/permissions.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { consumeLinkWrite, findSealedLink, type SealedLink, sealLink } from './sealed_link.ts'

const INVITATION_SECONDS = 1800

export type Invitation = { readonly roles: readonly string[] }
export type InvitationLink = SealedLink<Invitation>

/** The address of the page. Role names. */
export async function createInvitation(ctx: TenantContext, invitation: Invitation): Promise<string> {
  return `${ctx.issuer}/invitation?token=${await sealLink(ctx, 'invitation', invitation, INVITATION_SECONDS)}`
}

/** For the default tenant's first administrator; undefined once there is one. */
export async function createFirstInvitation(ctx: TenantContext): Promise<string | undefined> {
  const roles = Object.keys(BUILT_IN_ROLES)
  return (await hasMember(ctx, roles)) ? undefined : createInvitation(ctx, { roles })
}

export async function findInvitation(ctx: TenantContext, token: string): Promise<InvitationLink | undefined> {
  const link = await findSealedLink<Invitation>(ctx, 'invitation', token)
  return link && !(await hasMember(ctx, link.facts.roles)) ? link : undefined
}

/** Spends the link in the transaction that makes the administrator: a crash between the two would leave neither a link nor an administrator. */
export function invitationWrite(ctx: TenantContext, link: InvitationLink): Write {
  return consumeLinkWrite(
    ctx,
    'invitation',
    link,
    ctx.stores.shelf.event('invitation.used', { actor: ctx.actor, data: { roles: link.facts.roles } }),
  )
}

async function hasMember(ctx: TenantContext, roles: readonly string[]): Promise<boolean> {
  const held = (await ctx.stores.roles.list()).filter(({ name }) => roles.includes(name))
  const members = await Promise.all(held.map(({ id }) => ctx.stores.users.listRoleMembers(id, 1)))
  return members.some(({ userIds }) => userIds.length > 0)
}
