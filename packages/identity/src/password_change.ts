/** A new password: why somebody must set one, what is wrong with one, and what ends with it. */

import type { SessionId } from '@gatehouse/core/ids.ts'
import type { PasswordChange } from '@gatehouse/core/interaction/next_step.ts'
import { findPasswordProblem, type PasswordProblem } from '@gatehouse/core/password_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { PasswordSetting } from '@gatehouse/store/user.ts'
import { endSessions } from './browser_session.ts'

/** Why the person must set a new password before this sign-in goes on; undefined: they need not. */
export function passwordChangeOf(_ctx: TenantContext, user: User): PasswordChange | undefined {
  return user.passwordChange
}

export type NewPasswordProblem = PasswordProblem | 'password_unchanged'

/** What the tenant's policy has against it, and whether it is the present one. One hash. */
export async function findNewPasswordProblem(ctx: TenantContext, user: User, password: string): Promise<NewPasswordProblem | undefined> {
  const owner = { userName: user.userName, emails: user.emails.map((email) => email.value) }
  const problem = await findPasswordProblem(password, ctx.tenant.policies.password, owner)
  if (problem !== undefined) return problem
  const present = (await ctx.stores.users.findRecord(user.id, { consistent: true }))?.password?.hash
  if (present === undefined) return undefined
  return (await ctx.hasher.admit((verify) => verify(present, password))) ? 'password_unchanged' : undefined
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
    ...(alongside === undefined ? {} : { alongside }),
  })
  if (keepsSessions) return changed
  const goesOn = ends === 'others' && how !== 'recovery' ? session : undefined
  if (goesOn !== undefined) await ctx.stores.sessions.goOn(user.id, goesOn, changed.securityEpoch)
  await endSessions(ctx, user.id, 'password_changed', goesOn)
  return changed
}

/** An administrator wants a new password of the person at the next sign-in. With `endsSessions` what they are signed in to ends now. */
export async function requirePasswordChange(ctx: TenantContext, user: User, endsSessions: boolean): Promise<User> {
  const after: User = { ...user, passwordChange: 'forced', securityEpoch: user.securityEpoch + (endsSessions ? 1 : 0) }
  const changed = await ctx.stores.users.update(user, after, 'user.password_change_required', ctx.actor)
  if (endsSessions) await endSessions(ctx, user.id, 'password_changed')
  return changed
}
