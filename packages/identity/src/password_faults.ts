/** What a tenant has against a new password: its rules, the former ones, and whether it is known to have been in a breach. In the order of what it costs to find out. */
import type { UserId } from '@gatehouse/core/ids.ts'
import { findPasswordProblem, type PasswordOwner, type PasswordProblem } from '@gatehouse/core/password_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

/** `password_unchecked`: the service of breached passwords did not answer, and the tenant wants no password without it. */
export type PasswordFault = PasswordProblem | 'password_used_before' | 'password_unchecked'

/** `of`: whose former passwords count; absent for whoever has none. */
export async function findPasswordFault(
  ctx: TenantContext,
  password: string,
  owner: PasswordOwner,
  of?: UserId,
): Promise<PasswordFault | undefined> {
  const { password: policy } = ctx.tenant.policies
  const problem = await findPasswordProblem(password, policy, owner)
  if (problem !== undefined) return problem
  if (of !== undefined && (await wasUsedBefore(ctx, of, password))) return 'password_used_before'
  if (policy.breached === undefined) return undefined
  const { findBreach } = await import('./breached_password.ts')
  const breach = await findBreach(ctx, password)
  if (breach === 'breached') return 'password_common'
  return breach === 'unknown' && policy.breached.ifUnreachable === 'refuse' ? 'password_unchecked' : undefined
}

/** Always as many comparisons as the policy remembers: how many passwords somebody has had is nobody's business. */
async function wasUsedBefore(ctx: TenantContext, id: UserId, password: string): Promise<boolean> {
  const { history = 0 } = ctx.tenant.policies.password
  if (history === 0) return false
  const former = (await ctx.stores.passwordHistory.list(id)).slice(0, history)
  const dummy = await ctx.hasher.dummy()
  return ctx.hasher.admit(async (verify) => {
    let found = false
    for (let place = 0; place < history; place++) {
      const matches = await verify(former[place] ?? dummy, password)
      found ||= matches && place < former.length
    }
    return found
  })
}
