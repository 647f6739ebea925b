/**
 * From a person's certificate up to an authority that the tenant trusts: RFC 5280 section 6.1. The browser gives its own certificate only, so every link of the
 * chain is one of the tenant's; where an authority has no issuer among them, trust begins with it. What the trusted one says of the chain below it holds, too.
 */
import type { CertificateProblem } from '@gatehouse/core/certificate_policy.ts'
import { KeyUsageFlags } from '@peculiar/asn1-x509'
import { mayName } from './name_constraints.ts'
import { isSameName } from './names.ts'
import type { ReadCertificate } from './read_certificate.ts'
import { isSignedBy } from './signed_by.ts'

/** The person's certificate first, the one that is trusted by itself last. */
export type CertificatePath = readonly [ReadCertificate, ...ReadCertificate[]]

export type FoundPath =
  | { readonly kind: 'found'; readonly path: CertificatePath }
  | { readonly kind: 'refused'; readonly because: CertificateProblem }

const LONGEST_PATH = 6
const CLIENT_AUTHENTICATION = '1.3.6.1.5.5.7.3.2'
const ANY_USE = '2.5.29.37.0'

const LEAST_RSA_BITS = 2_048
const LEAST_CURVE_BITS = 256

export function findPath(leaf: ReadCertificate, authorities: readonly ReadCertificate[], now: number): FoundPath {
  const tried = climb([leaf], authorities).map((path) => ({ path, because: findPathProblem(path, now) }))
  const good = tried.find(({ because }) => because === undefined)
  if (good !== undefined) return { kind: 'found', path: good.path }
  return { kind: 'refused', because: tried[0]?.because ?? 'untrusted' }
}

/** Every chain to where trust begins. They are few: each link is one of the tenant's authorities, and stands in it once. */
function climb(path: CertificatePath, authorities: readonly ReadCertificate[]): CertificatePath[] {
  const top = path[path.length - 1] ?? path[0]
  const issuers = authorities.filter((authority) => !path.includes(authority) && isSignedBy(top.x509, authority.x509))
  if (issuers.length === 0) return path.length === 1 ? [] : [path]
  return path.length === LONGEST_PATH ? [] : issuers.flatMap((issuer) => climb([...path, issuer], authorities))
}

/** Nobody vouches for it but itself. */
export function isSelfSigned({ x509, publicKey, subject, issuer }: ReadCertificate): boolean {
  return isSameName(subject, issuer) && x509.verify(publicKey)
}

/** What may be said of any certificate that signs somebody in, whoever vouches for it. */
export function findLeafProblem(leaf: ReadCertificate, now: number, use: 'required' | 'if_said'): CertificateProblem | undefined {
  if (leaf.unknownCritical.length > 0) return 'unreadable'
  if (leaf.from > now) return 'not_yet_valid'
  if (leaf.until < now) return 'expired'
  if (!isStrongKey(leaf)) return 'weak'
  if (leaf.keyUsage !== undefined && (leaf.keyUsage & KeyUsageFlags.digitalSignature) === 0) return 'wrong_use'
  if (leaf.extendedKeyUsage === undefined) return use === 'required' ? 'wrong_use' : undefined
  return isForClients(leaf.extendedKeyUsage) ? undefined : 'wrong_use'
}

function findPathProblem(path: CertificatePath, now: number): CertificateProblem | undefined {
  const [leaf, ...authorities] = path
  const problem = findLeafProblem(leaf, now, 'required')
  if (problem !== undefined) return problem
  // An authority's own key signs certificates, and nobody in.
  if (leaf.isAuthority) return 'wrong_use'
  if (!path.slice(0, -1).every(isStronglySigned)) return 'weak'
  for (const [index, authority] of authorities.entries()) {
    const below = path.slice(0, index + 1)
    // Which of an authority's papers is not in order is for whoever looks after the tenant.
    if (findAuthorityFault(authority, now) !== undefined || !mayName(authority, below)) return 'untrusted'
    // Section 4.2.1.9: certificates between it and the person's own; those that an authority gave itself anew do not count.
    const between = below.slice(1).filter(({ subject, issuer }) => !isSameName(subject, issuer)).length
    if (authority.pathLength !== undefined && between > authority.pathLength) return 'untrusted'
  }
  return undefined
}

/** Section 6.1.4, (k) to (o): what is not in order with an authority's own certificate, as a sentence about it that lacks its subject. */
export function findAuthorityFault(authority: ReadCertificate, now: number): string | undefined {
  const { isAuthority, keyUsage, extendedKeyUsage, unknownCritical, from, until } = authority
  if (!isAuthority) return 'is not the certificate of an authority (its basic constraints do not say so)'
  if (keyUsage !== undefined && (keyUsage & KeyUsageFlags.keyCertSign) === 0) return 'may not sign certificates (key usage)'
  if (extendedKeyUsage !== undefined && !isForClients(extendedKeyUsage)) return 'vouches for other uses only (extended key usage)'
  if (from > now) return `is not valid before ${new Date(from).toISOString()}`
  if (until < now) return `expired at ${new Date(until).toISOString()}`
  if (!isStrongKey(authority)) return 'has a key that is too weak'
  return unknownCritical.length > 0 ? `has critical extensions that are not understood here: ${unknownCritical.join(', ')}` : undefined
}

function isForClients(uses: readonly string[]): boolean {
  return uses.includes(CLIENT_AUTHENTICATION) || uses.includes(ANY_USE)
}

export function isStronglySigned({ signing }: ReadCertificate): boolean {
  return signing !== undefined
}

export function isStrongKey({ publicKey }: ReadCertificate): boolean {
  const { asymmetricKeyType, asymmetricKeyDetails } = publicKey
  if (asymmetricKeyType === 'ed25519' || asymmetricKeyType === 'ed448') return true
  if (asymmetricKeyType === 'ec') return curveBits(asymmetricKeyDetails?.namedCurve) >= LEAST_CURVE_BITS
  return (asymmetricKeyType === 'rsa' || asymmetricKeyType === 'rsa-pss') && (asymmetricKeyDetails?.modulusLength ?? 0) >= LEAST_RSA_BITS
}

function curveBits(curve = ''): number {
  return Number(/^(?:prime|secp|P-|brainpoolP)(\d{3})/.exec(curve)?.[1] ?? 0)
}
