/** Why somebody must set a new password before a sign-in goes on. Asked at every sign-in, so it stands apart from the setting of one. */
import type { ProvenFactor } from '@gatehouse/core/factor.ts'
import type { PasswordChange } from '@gatehouse/core/interaction/next_step.ts'
import { passwordExpiresAt } from '@gatehouse/core/password_expiry.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'

/** Undefined: they need not. `proven`: an old password matters to whoever came in by it. */
export async function passwordChangeOf(
  ctx: TenantContext,
  user: User,
  proven?: readonly Pick<ProvenFactor, 'kind'>[],
): Promise<PasswordChange | undefined> {
  if (user.passwordChange !== undefined) return user.passwordChange
  if (ctx.tenant.policies.password.expiry === undefined || proven?.every(({ kind }) => kind !== 'password')) return undefined
  const expiresAt = await findPasswordExpiry(ctx, user)
  return expiresAt !== undefined && expiresAt <= nowSeconds(ctx) ? 'expired' : undefined
}

/** When the person's password becomes too old; undefined: never. */
export async function findPasswordExpiry(ctx: TenantContext, user: User): Promise<number | undefined> {
  const { expiry } = ctx.tenant.policies.password
  if (expiry === undefined) return undefined
  const changedAt = user.passwordChangedAt ?? (await ctx.stores.users.findRecord(user.id))?.password?.changedAt
  const roles = expiry.exceptRoles?.length ? (await ctx.configuration.listRoles()).filter(({ id }) => user.roles.includes(id)) : []
  return passwordExpiresAt(
    expiry,
    changedAt,
    roles.map(({ name }) => name),
  )
}
