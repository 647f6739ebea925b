/** What is seen of a password that was right, where the tenant looks at risk: it goes with the proof, sealed, since nobody has the password again. */
import type { PasswordFacts } from '@gatehouse/core/interaction/interaction.ts'
import { isCommon } from '@gatehouse/core/password_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

/** `failedTries`: asked where the tenant wants to know. */
export async function passwordFactsOf(
  ctx: Pick<TenantContext, 'tenant'>,
  password: string,
  failedTries: () => Promise<number>,
): Promise<PasswordFacts | undefined> {
  const weights = ctx.tenant.policies.risk?.weights
  if (weights === undefined) return undefined
  return {
    failedTries: weights.failed_tries > 0 ? await failedTries() : 0,
    breached: weights.breached_password > 0 && (await isCommon(password)),
  }
}
