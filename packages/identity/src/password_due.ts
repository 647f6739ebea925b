/** Why somebody must, or may, set a new password before a sign-in goes on, and when they may not. Asked at every sign-in, so it stands apart from the setting of one. */
import type { ProvenFactor } from '@gatehouse/core/factor.ts'
import type { Proof } from '@gatehouse/core/interaction/interaction.ts'
import type { PasswordChange } from '@gatehouse/core/interaction/next_step.ts'
import { isNearExpiry, passwordExpiresAt } from '@gatehouse/core/password_expiry.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'

/** Undefined: they need not. `proven`: an old password matters to whoever came in by it. `proof`: of this very sign-in. */
export async function passwordChangeOf(
  ctx: TenantContext,
  user: User,
  proven?: readonly Pick<ProvenFactor, 'kind'>[],
  proof?: Proof,
): Promise<PasswordChange | undefined> {
  if (user.passwordChange !== undefined) return user.passwordChange
  if (ctx.tenant.policies.password.expiry === undefined || proven?.every(({ kind }) => kind !== 'password')) return undefined
  const expiresAt = await findPasswordExpiry(ctx, user)
  if (expiresAt === undefined) return undefined
  if (expiresAt <= nowSeconds(ctx)) return 'expired'
  return mayOffer(ctx, user, expiresAt, proof) ? 'near' : undefined
}

/** Only to whoever gave it in this very sign-in, and has not put it off. */
function mayOffer(ctx: TenantContext, user: User, expiresAt: number, proof: Proof | undefined): boolean {
  const { expiry } = ctx.tenant.policies.password
  if (expiry === undefined || proof?.userId !== user.id || proof.keepsPassword) return false
  if (!proof.factors.some(({ kind }) => kind === 'password')) return false
  return isNearExpiry(expiry, expiresAt, nowSeconds(ctx)) && passwordKeptUntil(ctx, user) === undefined
}

/** Until when the tenant lets the person choose no other one by themselves; undefined: they may. */
export function passwordKeptUntil(ctx: Pick<TenantContext, 'tenant' | 'clock'>, { passwordChosenAt }: User): number | undefined {
  const { minimumAgeDays = 0 } = ctx.tenant.policies.password
  const until = passwordChosenAt === undefined ? 0 : passwordChosenAt + minimumAgeDays * 86_400
  return until > Math.floor(ctx.clock.now() / 1000) ? until : undefined
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
