/** Is a certificate in order by the tenant's policy? Whom it names is another question (`owner.ts`). */
import type { CertificatePolicy, CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { ShownCertificate } from './handover.ts'
import { findLeafProblem, findPath, isSelfSigned } from './path.ts'
import { type ReadCertificate, readCertificate } from './read_certificate.ts'
import { findRevocationProblem } from './revocation.ts'

/** `said`: where others were asked, what they said, in plain words. */
export type CertificateRefusal = { readonly kind: 'refused'; readonly because: CertificateProblem; readonly said?: string }

export type Judged =
  /** `vouched`: an authority of the tenant stands for what is written in it. */
  { readonly kind: 'good'; readonly certificate: ReadCertificate; readonly vouched: boolean } | CertificateRefusal

export async function judgeCertificate(ctx: TenantContext, policy: CertificatePolicy, shown: ShownCertificate): Promise<Judged> {
  if ('problem' in shown) return { kind: 'refused', because: shown.problem }
  const certificate = read(ctx, shown.der)
  if (certificate === undefined) return { kind: 'refused', because: 'unreadable' }
  const now = ctx.clock.now()
  if (policy.selfSigned && isSelfSigned(certificate)) {
    const because = findLeafProblem(certificate, now, 'if_said')
    return because === undefined ? { kind: 'good', certificate, vouched: false } : { kind: 'refused', because }
  }
  const authorities = authoritiesOf(policy)
  const found = findPath(certificate, authorities, now)
  if (found.kind === 'refused') return found
  const problem = policy.revocation && (await findRevocationProblem(ctx, policy.revocation, found.path, authorities))
  return problem === undefined ? { kind: 'good', certificate, vouched: true } : { kind: 'refused', ...problem }
}

/** The policy of a tenant is one object for as long as its cache holds it. */
const readAuthorities = new WeakMap<readonly string[], readonly ReadCertificate[]>()

function authoritiesOf({ authorities }: CertificatePolicy): readonly ReadCertificate[] {
  const known = readAuthorities.get(authorities)
  if (known !== undefined) return known
  const read = authorities.map((pem) => readCertificate(pem))
  readAuthorities.set(authorities, read)
  return read
}

function read(ctx: TenantContext, der: string): ReadCertificate | undefined {
  try {
    return readCertificate(Buffer.from(der, 'base64url'))
  } catch (error) {
    // Whatever it trips over came from a browser.
    ctx.log.write('info', 'a client certificate could not be read', { tenant: ctx.tenant.id, because: String(error).slice(0, 300) })
    return undefined
  }
}
