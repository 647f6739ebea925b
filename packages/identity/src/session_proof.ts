/** What a session says of how the person proved who they are: of factors, by the tenant's levels. */
import { ACR_NONE } from '@gatehouse/core/authentication_context.ts'
import { addFactor, amrOf, furtherProof, identifiedAt, type Proven, type ProvenFactor } from '@gatehouse/core/factor.ts'
import { reachedLevel } from '@gatehouse/core/interaction/composition.ts'
import type { Proof } from '@gatehouse/core/interaction/interaction.ts'
import { factorsOf, type Session } from '@gatehouse/core/session.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'

export type SessionProof = Pick<Session, 'authTime' | 'amr' | 'acr' | 'securityEpoch' | 'factors'>

/**
 * A proof that identifies stands by itself, also where it is weaker than the session's; one that does not adds to it and makes it no fresher. Undefined
 * where there is nothing to add to.
 */
export function sessionProofOf(
  ctx: TenantContext,
  { factors: proven, securityEpoch }: Pick<Proof, 'factors' | 'securityEpoch'>,
  before?: Session,
): SessionProof | undefined {
  const alone = identifiedAt(proven)
  const factors = alone === undefined && before ? proven.reduce(addFactor, [...factorsOf(before)]) : proven
  const authTime = alone ?? before?.authTime
  if (authTime === undefined) return undefined
  const onlyPassword = factors.length === 1 && factors[0]?.kind === 'password'
  return { authTime, amr: amrOf(factors), acr: acrOf(ctx, factors), securityEpoch, ...(onlyPassword ? {} : { factors }) }
}

/** `asked`: of these levels, the first that was reached is told. */
export function acrOf(ctx: TenantContext, factors: readonly ProvenFactor[], asked: readonly string[] = []): string {
  return reachedLevel(signInPolicyOf(ctx.tenant).levels, factors, asked) ?? ACR_NONE
}

/** The person proved a factor within their session, by enrolling it. */
export async function addToSession(ctx: TenantContext, session: Session, proven: Proven): Promise<void> {
  const { securityEpoch } = session
  const proof = sessionProofOf(ctx, { factors: [furtherProof(proven, nowSeconds(ctx))], securityEpoch }, session)
  if (proof) await ctx.stores.sessions.addProof({ ...session, ...proof })
}
