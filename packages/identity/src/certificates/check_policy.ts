/** The authorities and lists of a policy, before it is stored: what an administrator would otherwise learn from people who cannot sign in. */
import type { CertificatePolicy, CertificatePolicyProblem } from '@gatehouse/core/certificate_policy.ts'
import { shownName } from './names.ts'
import { findAuthorityFault } from './path.ts'
import { type ReadCertificate, readCertificate } from './read_certificate.ts'
import { readRevocationList } from './revocation_list.ts'

export function findCertificateFaults({ authorities, revocation }: CertificatePolicy, now: number): CertificatePolicyProblem[] {
  const seen = new Set<string>()
  const ofAuthorities = authorities.flatMap((pem, index): CertificatePolicyProblem[] => {
    const message = findFault(pem, seen, now)
    return message === undefined ? [] : [{ path: ['authorities', index], message }]
  })
  const ofLists = (revocation?.lists ?? []).flatMap((source, index): CertificatePolicyProblem[] => {
    const message = findListFault(source)
    return message === undefined ? [] : [{ path: ['revocation', 'lists', index], message }]
  })
  return [...ofAuthorities, ...ofLists]
}

function findFault(pem: string, seen: Set<string>, now: number): string | undefined {
  const certificate = read(pem)
  if (certificate === undefined) return 'this is no certificate in PEM, or one that cannot be read'
  const { thumbprint, subject } = certificate
  if (seen.has(thumbprint)) return `${shownName(subject)} stands twice`
  seen.add(thumbprint)
  const fault = findAuthorityFault(certificate, now)
  return fault && `${shownName(subject)} ${fault}`
}

function read(pem: string): ReadCertificate | undefined {
  try {
    return readCertificate(pem)
  } catch {
    // Which byte of it is wrong helps nobody.
    return undefined
  }
}

/** What stands at an address is looked at when it is fetched. */
function findListFault(source: string): string | undefined {
  if (/^https?:/.test(source)) return undefined
  try {
    readRevocationList(Buffer.from(source))
    return undefined
  } catch (error) {
    return `this list of what was revoked cannot be used: ${error instanceof Error ? error.message : String(error)}`
  }
}
