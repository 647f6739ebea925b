/** Which way a person would go through a sign-in by a policy, applied or not; and whether it leaves whoever writes it a way in. */
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { type DryRun, dryRun } from '@gatehouse/core/interaction/dry_run.ts'
import type { SignInPolicy } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { rolesFor, usable } from './sign_in_steps.ts'

export type Attempt = {
  readonly policy: SignInPolicy
  /** Absent: My Account. */
  readonly application: Application | undefined
  readonly ip: string | undefined
  readonly browser: 'new' | 'known' | 'remembered'
  readonly acrValues: readonly string[]
  readonly acrEssential: boolean
}

export async function dryRunSignIn(ctx: TenantContext, user: User, attempt: Attempt): Promise<DryRun> {
  const { policy, application, ip, browser, acrValues, acrEssential } = attempt
  const steps = application?.gatehouse_sign_in?.steps ?? policy.steps
  return dryRun({
    steps,
    levels: policy.levels,
    acrValues,
    acrEssential,
    sure: false,
    proven: [],
    enrolled: usable(ctx, await ctx.stores.credentials.list(user.id, { consistent: true })),
    circumstances: {
      roles: await rolesFor(ctx, user, steps),
      ip,
      browser: browser === 'new' ? 'new' : 'known',
      remembered: browser === 'remembered',
    },
  })
}

/** Whoever applies a policy that they could not pass themselves, from where they are, would find that out too late. Throws `conflict`. */
export async function checkLeavesAWayIn(ctx: TenantContext, policy: SignInPolicy): Promise<void> {
  const { userId, ip } = ctx.actor
  const user = userId && (await ctx.stores.users.find(userId))
  if (!user) return
  const { outcome } = await dryRunSignIn(ctx, user, {
    policy,
    application: undefined,
    ip,
    browser: 'new',
    acrValues: [],
    acrEssential: false,
  })
  if (outcome === 'signed_in') return
  throw new IamError(
    'conflict',
    'with this policy you could not sign in any more: add the factor that it refuses to do without, or let it be enrolled',
  )
}
