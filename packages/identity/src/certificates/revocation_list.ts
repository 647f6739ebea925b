/**
 * A list of what an authority has revoked (RFC 5280 section 5), and whether it speaks of a certificate (section 6.3.3). A list that says more than is understood
 * here (a change to another, one of several authorities, of some reasons only) says nothing.
 */
import {
  CertificateList,
  IssuingDistributionPoint,
  id_ce_deltaCRLIndicator,
  id_ce_issuingDistributionPoint,
  KeyUsageFlags,
  type Name,
} from '@peculiar/asn1-x509'
import { readAs } from '../der.ts'
import { isSameName } from './names.ts'
import { addressesOf, hexOf, type ReadCertificate } from './read_certificate.ts'
import { isSignedWith, type SignedText, signedText } from './signed_text.ts'

export type RevocationList = SignedText & {
  readonly issuer: Name
  /** Milliseconds since the epoch. */
  readonly from: number
  /** Until when there is to be another; absent: nobody knows when this one is out of date, so it is always. */
  readonly until: number
  /** By serial number, in hex: since when, in milliseconds since the epoch. */
  readonly revoked: ReadonlyMap<string, number>
  readonly of: 'all' | 'people' | 'authorities'
  /** Only of certificates that name one of these addresses as theirs; none: of all. */
  readonly addresses: readonly string[]
}

/** In a megabyte, the largest list that is fetched, certificates with the reason of each are 180,000. */
const MOST_ELEMENTS = 250_000

/** DER, or PEM. Throws where it is none, or one that is not understood whole. */
export function readRevocationList(bytes: Uint8Array): RevocationList {
  const { tbsCertList, tbsCertListRaw, signatureAlgorithm, signature } = readAs(derOf(bytes), CertificateList, MOST_ELEMENTS)
  const { issuer, thisUpdate, nextUpdate, revokedCertificates = [], crlExtensions = [] } = tbsCertList
  const text = signedText(tbsCertListRaw, signatureAlgorithm, signature)
  if (crlExtensions.some(({ extnID }) => extnID === id_ce_deltaCRLIndicator))
    throw new Error('it says only what changed since another list (a delta CRL), which is not taken')
  const unknown = [...crlExtensions, ...revokedCertificates.flatMap(({ crlEntryExtensions = [] }) => crlEntryExtensions)].find(
    ({ critical, extnID }) => critical && extnID !== id_ce_issuingDistributionPoint,
  )
  if (unknown !== undefined) throw new Error(`a critical extension that is not understood: ${unknown.extnID}`)
  const scope = crlExtensions.find(({ extnID }) => extnID === id_ce_issuingDistributionPoint)
  return {
    issuer,
    from: thisUpdate.getTime().getTime(),
    until: nextUpdate?.getTime().getTime() ?? 0,
    revoked: new Map(
      revokedCertificates.map(({ userCertificate, revocationDate }) => [hexOf(userCertificate), revocationDate.getTime().getTime()]),
    ),
    ...(scope ? scopeOf(readAs(scope.extnValue.buffer, IssuingDistributionPoint)) : { of: 'all', addresses: [] }),
    ...text,
  }
}

/** Is it of this authority, and does it speak of this certificate of theirs? */
export function speaksOf(list: RevocationList, certificate: ReadCertificate, authority: ReadCertificate): boolean {
  if (list.of !== 'all' && (list.of === 'authorities') !== certificate.isAuthority) return false
  if (list.addresses.length > 0 && !list.addresses.some((address) => certificate.listAddresses.includes(address))) return false
  return isListOf(list, authority)
}

const checked = new WeakMap<RevocationList, Map<string, boolean>>()

/** A long list is a long text to check: once for each authority. */
export function isListOf(list: RevocationList, { subject, publicKey, keyUsage, thumbprint }: ReadCertificate): boolean {
  if (!isSameName(list.issuer, subject)) return false
  if (keyUsage !== undefined && (keyUsage & KeyUsageFlags.cRLSign) === 0) return false
  const known = checked.get(list) ?? new Map<string, boolean>()
  checked.set(list, known)
  const before = known.get(thumbprint)
  if (before !== undefined) return before
  const isRight = isSignedWith(list, publicKey)
  known.set(thumbprint, isRight)
  return isRight
}

function scopeOf(point: IssuingDistributionPoint): Pick<RevocationList, 'of' | 'addresses'> {
  const { distributionPoint, onlyContainsUserCerts, onlyContainsCACerts, onlySomeReasons, indirectCRL, onlyContainsAttributeCerts } = point
  if (indirectCRL) throw new Error('it speaks for several authorities (an indirect CRL), which is not taken')
  if (onlySomeReasons !== undefined) throw new Error('it speaks of some reasons only, which is not taken')
  if (onlyContainsAttributeCerts) throw new Error('it speaks of attributes, not of certificates')
  if (distributionPoint && distributionPoint.fullName === undefined) throw new Error('it stands at a relative name, which is not taken')
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
