/**
 * A list of what an authority has revoked (RFC 5280 section 5), and whether it speaks of a certificate (section 6.3.3). A list that says more than is understood
 * here (a change to another, one of several authorities, of some reasons only) says nothing.
 */
import { verify } from 'node:crypto'
import { CertificateList, IssuingDistributionPoint, id_ce_issuingDistributionPoint, KeyUsageFlags, type Name } from '@peculiar/asn1-x509'
import { readAs } from '../der.ts'
import { isSameName } from './names.ts'
import { addressesOf, hexOf, type ReadCertificate } from './read_certificate.ts'

export type RevocationList = {
  readonly issuer: Name
  /** Milliseconds since the epoch. */
  readonly from: number
  /** Until when there is to be another; absent: nobody knows when this one is out of date, so it is always. */
  readonly until: number
  /** Serial numbers, in hex. */
  readonly revoked: ReadonlySet<string>
  readonly of: 'all' | 'people' | 'authorities'
  /** Only of certificates that name one of these addresses as theirs; none: of all. */
  readonly addresses: readonly string[]
  readonly signed: Uint8Array
  readonly signature: Uint8Array
  /** Of `node:crypto`; null where the algorithm has a digest of its own. */
  readonly digest: string | null
}

/** By the object identifier of the signature. */
const DIGESTS: Readonly<Record<string, string | null>> = {
  '1.2.840.113549.1.1.11': 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  '1.2.840.10045.4.3.2': 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
  '1.3.101.112': null,
  '1.3.101.113': null,
}

/** In a megabyte, the largest list that is fetched, certificates with the reason of each are 180,000. */
const MOST_ELEMENTS = 250_000

/** DER, or PEM. Throws where it is none, or one that is not understood whole. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = readAs(derOf(bytes), CertificateList, MOST_ELEMENTS)
  const { issuer, thisUpdate, nextUpdate, revokedCertificates = [], crlExtensions = [] } = tbsCertList
  const digest = DIGESTS[signatureAlgorithm.algorithm]
  if (digest === undefined) throw new Error(`signed by an algorithm that is not taken: ${signatureAlgorithm.algorithm}`)
  if (tbsCertListRaw === undefined) throw new Error('nothing is signed in it')
  const unknown = [...crlExtensions, ...revokedCertificates.flatMap(({ crlEntryExtensions = [] }) => crlEntryExtensions)].find(
    ({ critical, extnID }) => critical && extnID !== id_ce_issuingDistributionPoint,
  )
  if (unknown !== undefined) throw new Error(`a critical extension that is not understood: ${unknown.extnID}`)
  const scope = crlExtensions.find(({ extnID }) => extnID === id_ce_issuingDistributionPoint)
  return {
    issuer,
    from: thisUpdate.getTime().getTime(),
    until: nextUpdate?.getTime().getTime() ?? 0,
    revoked: new Set(revokedCertificates.map(({ userCertificate }) => hexOf(userCertificate))),
    ...(scope ? scopeOf(readAs(scope.extnValue.buffer, IssuingDistributionPoint)) : { of: 'all', addresses: [] }),
    signed: new Uint8Array(tbsCertListRaw),
    signature: new Uint8Array(signature),
    digest,
  }
}

/** Is it of this authority, and does it speak of this certificate of theirs? */
export function speaksOf(list: RevocationList, certificate: ReadCertificate, authority: ReadCertificate): boolean {
  if (!isSameName(list.issuer, authority.subject)) return false
  if (list.of !== 'all' && (list.of === 'authorities') !== certificate.isAuthority) return false
  if (list.addresses.length > 0 && !list.addresses.some((address) => certificate.listAddresses.includes(address))) return false
  return isSignedBy(list, authority)
}

/** With another digest, or without one, `verify` throws. */
const KEYS_WITHOUT_DIGEST: readonly string[] = ['ed25519', 'ed448']

const checked = new WeakMap<RevocationList, Map<string, boolean>>()

/** A long list is a long text to check: once for each authority. */
function isSignedBy(list: RevocationList, { publicKey, keyUsage, thumbprint }: ReadCertificate): boolean {
  if (keyUsage !== undefined && (keyUsage & KeyUsageFlags.cRLSign) === 0) return false
  const known = checked.get(list) ?? new Map<string, boolean>()
  checked.set(list, known)
  const before = known.get(thumbprint)
  if (before !== undefined) return before
  const isRight =
    KEYS_WITHOUT_DIGEST.includes(publicKey.asymmetricKeyType ?? '') === (list.digest === null) &&
    verify(list.digest, list.signed, publicKey, list.signature)
  known.set(thumbprint, isRight)
  return isRight
}

function scopeOf(point: IssuingDistributionPoint): Pick<RevocationList, 'of' | 'addresses'> {
  const { distributionPoint, onlyContainsUserCerts, onlyContainsCACerts, onlySomeReasons, indirectCRL, onlyContainsAttributeCerts } = point
  if (indirectCRL || onlySomeReasons !== undefined || onlyContainsAttributeCerts) throw new Error('a list for another use')
  if (distributionPoint && distributionPoint.fullName === undefined) throw new Error('a list at a relative name')
  return {
    of: onlyContainsUserCerts ? 'people' : onlyContainsCACerts ? 'authorities' : 'all',
    addresses: addressesOf(distributionPoint),
  }
}

const PEM = /-----BEGIN X509 CRL-----([A-Za-z0-9+/=\s]+)-----END X509 CRL-----/

function derOf(bytes: Uint8Array): Uint8Array {
  const base64 = PEM.exec(Buffer.from(bytes).toString('latin1'))?.[1]
  return base64 === undefined ? bytes : Buffer.from(base64, 'base64')
}
