/** Whose password may be recovered: of active people, and of those who were only suspended since nobody used the account, where the tenant lets them come back. */
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export function mayBeRecovered(ctx: Pick<TenantContext, 'tenant'>, user: User): boolean {
  return user.active || mayComeBack(ctx, user)
}

export function mayComeBack({ tenant }: Pick<TenantContext, 'tenant'>, user: User): boolean {
  return !user.active && user.suspendedBecause === 'idle' && tenant.policies.idle?.comeBack === 'recovery'
}
