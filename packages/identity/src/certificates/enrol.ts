/** A certificate becomes a factor of somebody's. It has proven its key by being shown, so no first use follows; what came back is spent in the transaction that adds it. */
import type { X509Credential } from '@gatehouse/core/credential.ts'
import type { Proven } from '@gatehouse/core/factor.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { addCredential, LONGEST_CREDENTIAL_NAME, newCredential } from '../credentials.ts'
import { nowSeconds } from '../interaction.ts'
import { type CertificateProof, spendProofWrite } from './handover.ts'
import { type CertificateRefusal, type Judged, judgeCertificate } from './judge.ts'
import { commonNames, shownName } from './names.ts'
import { findWrittenOwners } from './owner.ts'
import type { ReadCertificate } from './read_certificate.ts'
import { certificatePolicyOf, provenBy } from './sign_in.ts'

export type CertificateEnrolment =
  | { readonly kind: 'enrolled'; readonly user: User; readonly credential: X509Credential; readonly proven: Proven }
  | CertificateRefusal

/** What the person is about to add; nothing is spent. */
export type CertificateFacts = Pick<X509Credential, 'thumbprint' | 'subject' | 'issuer' | 'validUntil' | 'selfSigned'>

type Good = Extract<Judged, { kind: 'good' }>

/** May this person have it? `unknown`: by what the tenant reads of it, it is somebody else's, or nobody's. */
export async function judgeForEnrolment(
  ctx: TenantContext,
  user: User,
  { shown }: Pick<CertificateProof, 'shown'>,
): Promise<Good | CertificateRefusal> {
  const policy = certificatePolicyOf(ctx)
  const judged = await judgeCertificate(ctx, policy, shown)
  if (judged.kind === 'refused' || !judged.vouched) return judged
  const written = await findWrittenOwners(ctx, policy, judged.certificate)
  const isAnothers = written.some((id) => id !== user.id)
  const isTheirs = written.includes(user.id) || policy.names.includes('enrolled')
  return isTheirs && !isAnothers ? judged : { kind: 'refused', because: 'unknown' }
}

/** `name` may be empty: then it is called by its subject. Throws `conflict` where there are enough, it is somebody's, or it came back before. */
export async function enrolCertificate(
  ctx: TenantContext,
  user: User,
  proof: CertificateProof,
  name: string,
): Promise<CertificateEnrolment> {
  const judged = await judgeForEnrolment(ctx, user, proof)
  if (judged.kind === 'refused') return judged
  const facts = factsOf(judged)
  const credential: X509Credential = {
    ...newCredential(ctx, name || calledBy(judged.certificate)),
    kind: 'x509',
    lastUsedAt: nowSeconds(ctx),
    ...facts,
  }
  const next = await addCredential(ctx, user.id, credential, spendProofWrite(ctx, proof))
  return { kind: 'enrolled', user: next, credential, proven: provenBy(certificatePolicyOf(ctx), judged) }
}

/** By its subject, on one line of text. */
function calledBy(certificate: ReadCertificate): string {
  const [name = ''] = commonNames(certificate)
  return name
    .replaceAll(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, ' ')
    .trim()
    .slice(0, LONGEST_CREDENTIAL_NAME)
}

export function factsOf({ certificate, vouched }: Good): CertificateFacts {
  const { thumbprint, subject, issuer, until } = certificate
  return {
    thumbprint,
    subject: shownName(subject),
    issuer: shownName(issuer),
    validUntil: Math.floor(until / 1000),
    selfSigned: !vouched,
  }
}
