/**
 * A certificate in a first step: it says who it is, and no name is asked for. Nobody guesses the key of one, so there are no tries to reserve; failures are counted
 * for the network, as those of passkeys are. What came back from the certificates' host is spent before it is looked at.
 */
import { type CertificatePolicy, DEFAULT_CERTIFICATES } from '@gatehouse/core/certificate_policy.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type CertificateProof, spendProof } from './handover.ts'
import { type CertificateRefusal, type Judged, judgeCertificate } from './judge.ts'
import { type CertificateOwner, findCertificateOwner } from './owner.ts'

export type CertificateOutcome =
  | { readonly kind: 'right'; readonly user: User; readonly proven: Exclude<Proven, string> }
  | CertificateRefusal
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }
  /** It came back before. */
  | { readonly kind: 'used' }
  /** The certificate is right, but. */
  | { readonly kind: 'inactive' }

export async function signInByCertificate(ctx: TenantContext, proof: CertificateProof): Promise<CertificateOutcome> {
  const network = networkOf(ctx.actor.ip)
  const delay = await ctx.stores.networkTries.findDelay(network)
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }
  if (!(await spendProof(ctx, proof))) return { kind: 'used' }
  const looked = await lookAt(ctx, proof)
  if (looked.kind === 'owned') {
    const { user, credential } = looked.owner
    if (!user.active) return { kind: 'inactive' }
    if (credential) await ctx.stores.credentials.markUsed(user.id, credential)
    return { kind: 'right', user, proven: looked.proven }
  }
  // A browser that showed none has tried nothing.
  if (looked.because !== 'none' && looked.because !== 'late') {
    const data = { factor: 'x509', because: looked.because, ...(looked.said === undefined ? {} : { said: looked.said }) }
    await ctx.stores.networkTries.count(network, ctx.stores.shelf.event('sign_in.failed', { actor: ctx.actor, data }))
  }
  return looked
}

export type LookedAt =
  | { readonly kind: 'owned'; readonly owner: CertificateOwner; readonly proven: Exclude<Proven, string> }
  | CertificateRefusal

/** Is it in order, and whose is it? */
export async function lookAt(ctx: TenantContext, { shown }: Pick<CertificateProof, 'shown'>): Promise<LookedAt> {
  const policy = certificatePolicyOf(ctx)
  const judged = await judgeCertificate(ctx, policy, shown)
  if (judged.kind === 'refused') return judged
  const owner = await findCertificateOwner(ctx, policy, judged)
  return owner ? { kind: 'owned', owner, proven: provenBy(policy, judged) } : { kind: 'refused', because: 'unknown' }
}

/** Without a policy nothing is taken. */
export function certificatePolicyOf({ tenant }: Pick<TenantContext, 'tenant'>): CertificatePolicy {
  return tenant.policies.certificates ?? DEFAULT_CERTIFICATES
}

/** RFC 8176: `pop` for the key; `sc` and `pin` where the authority puts it on a card that asks for one. */
export function provenBy({ smartCards }: CertificatePolicy, { vouched }: Extract<Judged, { kind: 'good' }>): Exclude<Proven, string> {
  return smartCards && vouched ? { kind: 'x509', amr: ['pop', 'sc', 'pin'], userVerified: true } : { kind: 'x509' }
}
