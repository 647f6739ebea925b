/** A new password: why somebody must set one, what is wrong with one, and what ends with it. */

import type { ProvenFactor } from '@gatehouse/core/factor.ts'
import type { SessionId } from '@gatehouse/core/ids.ts'
import type { PasswordChange } from '@gatehouse/core/interaction/next_step.ts'
import { passwordExpiresAt } from '@gatehouse/core/password_expiry.ts'
import { findPasswordProblem } from '@gatehouse/core/password_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { PasswordSetting } from '@gatehouse/store/user.ts'
import { endSessions } from './browser_session.ts'
import { nowSeconds } from './interaction.ts'
import { findPasswordFault, type PasswordFault } from './password_faults.ts'

/** Why the person must set a new password before this sign-in goes on; undefined: they need not. `proven`: an old password matters to whoever came in by it. */
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

export type NewPasswordProblem = PasswordFault | 'password_unchanged'

/** What the tenant's policy has against it, and whether it is the present one. */
export async function findNewPasswordProblem(ctx: TenantContext, user: User, password: string): Promise<NewPasswordProblem | undefined> {
  const owner = { userName: user.userName, emails: user.emails.map((email) => email.value) }
  const problem = await findPasswordProblem(password, ctx.tenant.policies.password, owner)
  if (problem !== undefined) return problem
  const present = (await ctx.stores.users.findRecord(user.id, { consistent: true }))?.password?.hash
  if (present !== undefined && (await ctx.hasher.admit((verify) => verify(present, password)))) return 'password_unchanged'
  return findPasswordFault(ctx, password, owner, user.id)
}

export type NewPassword = Pick<PasswordSetting, 'how' | 'alongside'> & {
  readonly password: string
  /** The session in which it was set, if any: it goes on where the tenant's policy ends the others only. */
  readonly session?: SessionId | undefined
}

/**
 * `user` as read a moment ago; throws `conflict` when they have changed since, or what stands `alongside` cannot be. Sessions, and what was granted in them,
 * end as the policy says; `relay` finishes what a crash cuts off, and tells the person.
 */
export async function setNewPassword(ctx: TenantContext, user: User, { password, session, how, alongside }: NewPassword): Promise<User> {
  const ends = ctx.tenant.policies.password.endSessions ?? 'others'
  // Who recovered a password does not know what a stranger did before: nothing goes on.
  const keepsSessions = ends === 'none' && how !== 'recovery'
  const hash = await ctx.hasher.hash(password)
  const changed = await ctx.stores.users.setPassword(user, hash, ctx.actor, {
    keepsSessions,
    ...(how === undefined ? {} : { how }),
    alongside: [...(alongside ?? []), ...(await historyWrites(ctx, user))],
  })
  if (keepsSessions) return changed
  // Whoever proved the mailbox of an account that was only unused opens it again, where the tenant lets them.
  const opened = how === 'recovery' && mayComeBack(ctx, changed) ? await comeBack(ctx, changed) : changed
  const goesOn = ends === 'others' && how !== 'recovery' ? session : undefined
  if (goesOn !== undefined) await ctx.stores.sessions.goOn(user.id, goesOn, changed.securityEpoch)
  await endSessions(ctx, user.id, 'password_changed', goesOn)
  return opened
}

/** Suspended since nobody used the account, and the person may open it again by recovery. */
export function mayComeBack({ tenant }: Pick<TenantContext, 'tenant'>, user: User): boolean {
  return !user.active && user.suspendedBecause === 'idle' && tenant.policies.idle?.comeBack === 'recovery'
}

async function comeBack(ctx: TenantContext, user: User): Promise<User> {
  const { suspendedBecause: _, ...rest } = user
  return ctx.stores.users.update(user, { ...rest, active: true }, 'user.activated', { ...ctx.actor, userId: user.id }, [], {
    by: 'recovery',
  })
}

async function historyWrites(ctx: TenantContext, { id }: User): Promise<Write[]> {
  const { history = 0 } = ctx.tenant.policies.password
  if (history === 0) return []
  const { passwordHistory } = ctx.stores
  return [passwordHistory.keepWrite(id, (await passwordHistory.list(id)).slice(0, history))]
}

/** An administrator wants a new password of the person at the next sign-in. With `endsSessions` what they are signed in to ends now. */
export async function requirePasswordChange(ctx: TenantContext, user: User, endsSessions: boolean): Promise<User> {
  const after: User = { ...user, passwordChange: 'forced', securityEpoch: user.securityEpoch + (endsSessions ? 1 : 0) }
  const changed = await ctx.stores.users.update(user, after, 'user.password_change_required', ctx.actor)
  if (endsSessions) await endSessions(ctx, user.id, 'password_changed')
  return changed
}
