/** A new password: what is wrong with one, and what ends with it. */

import type { SessionId } from '@gatehouse/core/ids.ts'
import { findPasswordProblem, type PasswordOwner, type PasswordProblem } from '@gatehouse/core/password_policy.ts'
import type { EndedSessions } from '@gatehouse/core/tenant.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { PasswordSetting } from '@gatehouse/store/user.ts'
import { endSessions } from './browser_session.ts'
import { mayComeBack } from './come_back.ts'
import { comparePassword } from './password_comparison.ts'
import { findPasswordFault, type PasswordFault } from './password_faults.ts'

export type NewPasswordProblem = PasswordFault | 'password_unchanged'

/** What the tenant's policy has against it, and whether it is the present one. */
export async function findNewPasswordProblem(ctx: TenantContext, user: User, password: string): Promise<NewPasswordProblem | undefined> {
  const problem = await findRuleProblem(ctx, user, password)
  if (problem !== undefined) return problem
  const present = (await ctx.stores.users.findRecord(user.id, { consistent: true }))?.password?.hash
  const compared = await ctx.hasher.admit((verify, hash) => comparePassword(ctx, { verify, hash }, present, password))
  if (compared.right) return 'password_unchanged'
  return findPasswordFault(ctx, password, ownerOf(user), user.id)
}

/** What can be said without looking at any password that the person has or had. */
export function findRuleProblem(
  { tenant }: Pick<TenantContext, 'tenant'>,
  user: User,
  password: string,
): Promise<PasswordProblem | undefined> {
  return findPasswordProblem(password, tenant.policies.password, ownerOf(user))
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
  const isTheirOwn = how !== undefined || ctx.actor.userId === user.id
  // Whoever gets another one from an administrator may have lost theirs to a stranger.
  const ends = isTheirOwn ? sessionsEndedBy(ctx, how) : 'all'
  const keepsSessions = ends === 'none'
  const hash = await ctx.hasher.hash(password)
  const changed = await ctx.stores.users.setPassword(user, hash, ctx.actor, {
    keepsSessions,
    ...(how === undefined ? {} : { how }),
    alongside: [...(alongside ?? []), ...(await historyWrites(ctx, user))],
  })
  // Tries at the former one do not keep anybody from the new one.
  if (how === 'recovery') await ctx.stores.tries.forget({ userId: user.id })
  if (keepsSessions) return changed
  // Whoever proved the mailbox of an account that was only unused opens it again, where the tenant lets them.
  const opened = how === 'recovery' && mayComeBack(ctx, changed) ? await comeBack(ctx, changed) : changed
  const goesOn = ends === 'others' ? session : undefined
  if (goesOn !== undefined) await ctx.stores.sessions.goOn(user.id, goesOn, changed.securityEpoch)
  await endSessions(ctx, user.id, 'password_changed', goesOn)
  return opened
}

/** Who recovered a password does not know what a stranger did before: nothing goes on. Otherwise the tenant says. */
export function sessionsEndedBy({ tenant }: Pick<TenantContext, 'tenant'>, how: PasswordSetting['how']): EndedSessions {
  return how === 'recovery' ? 'all' : (tenant.policies.password.endSessions ?? 'others')
}

async function comeBack(ctx: TenantContext, user: User): Promise<User> {
  const { suspendedBecause: _, ...rest } = user
  return ctx.stores.users.update(user, { ...rest, active: true }, 'user.activated', { ...ctx.actor, userId: user.id }, [], {
    by: 'recovery',
  })
}

function ownerOf({ userName, emails }: User): PasswordOwner {
  return { userName, emails: emails.map(({ value }) => value) }
}

async function historyWrites(ctx: TenantContext, { id }: User): Promise<Write[]> {
  const { history = 0 } = ctx.tenant.policies.password
  if (history === 0) return []
  const { passwordHistory } = ctx.stores
  return [passwordHistory.keepWrite(id, (await passwordHistory.list(id)).slice(0, history))]
}
