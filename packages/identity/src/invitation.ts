/** The one-time link of the first start: whoever has it sets up the first administrator. It is dead after half an hour, once used, and as soon as there is an administrator. */
import { FACTORS } from '@gatehouse/core/factor.ts'
import type { RoleId, UserId } from '@gatehouse/core/ids.ts'
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
  return (await hasAdministrator(ctx, roles)) ? undefined : createInvitation(ctx, { roles })
}

export async function findInvitation(ctx: TenantContext, token: string): Promise<InvitationLink | undefined> {
  const link = await findSealedLink<Invitation>(ctx, 'invitation', token)
  return link && !(await hasAdministrator(ctx, link.facts.roles)) ? link : undefined
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

async function hasAdministrator(ctx: TenantContext, roles: readonly string[]): Promise<boolean> {
  for (const { id, name } of await ctx.stores.roles.list()) if (roles.includes(name) && (await someHolderComesIn(ctx, id))) return true
  return false
}

async function someHolderComesIn(ctx: TenantContext, roleId: RoleId): Promise<boolean> {
  let cursor: string | undefined
  do {
    const page = await ctx.stores.users.listRoleMembers(roleId, 50, cursor)
    for (const id of page.userIds) if (await canComeIn(ctx, id)) return true
    cursor = page.cursor
  } while (cursor !== undefined)
  return false
}

/** Who is suspended cannot; nor can who came with a configuration file, which holds no passwords, and has no mailbox of proof to set one by. */
async function canComeIn(ctx: TenantContext, id: UserId): Promise<boolean> {
  const record = await ctx.stores.users.findRecord(id, { consistent: true })
  if (!record?.user.active) return false
  if (record.password !== undefined || record.user.emails.some(({ verified }) => verified)) return true
  return (await ctx.stores.credentials.list(id, { consistent: true })).some(({ kind }) => FACTORS[kind].identifies)
}
