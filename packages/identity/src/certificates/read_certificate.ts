/**
 * A certificate, read whole: by Node for keys, signatures and who issued whom, and by `asn1-x509` for what Node does not show of its extensions (RFC 5280
 * section 4). What either of them cannot read is no certificate.
 */
import { createHash, type KeyObject, X509Certificate } from 'node:crypto'
import {
  type AccessDescription,
  AuthorityInfoAccessSyntax,
  BasicConstraints,
  Certificate,
  CRLDistributionPoints,
  DirectoryString,
  type DistributionPoint,
  type DistributionPointName,
  ExtendedKeyUsage,
  type Extension,
  type GeneralName,
  id_ad_ocsp,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
  id_ce_nameConstraints,
  id_ce_subjectAltName,
  id_pe_authorityInfoAccess,
  KeyUsage,
  type Name,
  NameConstraints,
  SubjectAlternativeName,
} from '@peculiar/asn1-x509'
import { readAs } from '../der.ts'
import { findSigning, type Signing } from './signing.ts'

export type ReadCertificate = {
  readonly x509: X509Certificate
  readonly publicKey: KeyObject
  /** SHA-256 of the DER, base64url: `x5t#S256` of RFC 8705 section 3.1. */
  readonly thumbprint: string
  /** In hex. */
  readonly serial: string
  readonly subject: Name
  readonly issuer: Name
  /** Milliseconds since the epoch. */
  readonly from: number
  readonly until: number
  /** Section 4.2.1.9: it may vouch for others, and how long the chain below it may be. */
  readonly isAuthority: boolean
  readonly pathLength: number | undefined
  /** Section 4.2.1.3: bits of `KeyUsageFlags`; undefined: every use. */
  readonly keyUsage: number | undefined
  /** Section 4.2.1.12: object identifiers; undefined: every use. */
  readonly extendedKeyUsage: readonly string[] | undefined
  readonly alternativeNames: readonly GeneralName[]
  /** Microsoft's: `name@domain` of a person in a directory. */
  readonly userPrincipalNames: readonly string[]
  readonly nameConstraints: NameConstraints | undefined
  /** Section 4.2.1.13: where its authority says what it revoked. */
  readonly listAddresses: readonly string[]
  /** Of those the ones whose lists are whole: of every reason, and of this authority. */
  readonly wholeListAddresses: readonly string[]
  /** Section 4.2.2.1: who answers whether it was revoked. */
  readonly responderAddresses: readonly string[]
  /** Critical extensions that this house does not know: section 4.2 has such a certificate refused. */
  readonly unknownCritical: readonly string[]
  /** How it was signed; undefined: by an algorithm that is not taken, which matters of no certificate that is trusted by itself. */
  readonly signing: Signing | undefined
}

/** Policies without constraints on them ask for nothing: any policy is good here (section 6.1.1, user-initial-policy-set). */
const KNOWN: readonly string[] = [
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_subjectAltName,
  id_ce_nameConstraints,
  id_ce_certificatePolicies,
  id_ce_cRLDistributionPoints,
]

/** PEM of exactly one, or DER. Throws where it is no certificate, or stands in it what cannot be. */
export function readCertificate(source: string | Uint8Array): ReadCertificate {
  const x509 = new X509Certificate(typeof source === 'string' ? derOf(source) : source)
  const { tbsCertificate, signatureAlgorithm } = readAs(x509.raw, Certificate)
  const { serialNumber, subject, issuer, validity, extensions = [] } = tbsCertificate
  if (new Set(extensions.map(({ extnID }) => extnID)).size !== extensions.length) throw new Error('an extension stands in it twice')
  const read = <T>(id: string, type: new () => T): T | undefined => readExtension(extensions, id, type)
  const alternativeNames: readonly GeneralName[] = read(id_ce_subjectAltName, SubjectAlternativeName) ?? []
  const constraints = read(id_ce_basicConstraints, BasicConstraints)
  const points: readonly DistributionPoint[] = read(id_ce_cRLDistributionPoints, CRLDistributionPoints) ?? []
  const whole = points.filter(({ reasons, cRLIssuer }) => reasons === undefined && cRLIssuer === undefined)
  const access: readonly AccessDescription[] = read(id_pe_authorityInfoAccess, AuthorityInfoAccessSyntax) ?? []
  return {
    x509,
    // Of a kind that is not known here, it throws.
    publicKey: x509.publicKey,
    thumbprint: thumbprintOf(x509.raw),
    serial: hexOf(serialNumber),
    subject,
    issuer,
    from: validity.notBefore.getTime().getTime(),
    until: validity.notAfter.getTime().getTime(),
    isAuthority: constraints?.cA ?? false,
    pathLength: constraints?.pathLenConstraint,
    keyUsage: read(id_ce_keyUsage, KeyUsage)?.toNumber(),
    extendedKeyUsage: read(id_ce_extKeyUsage, ExtendedKeyUsage)?.map(String),
    alternativeNames,
    userPrincipalNames: alternativeNames.flatMap(principalNameOf),
    listAddresses: points.flatMap(({ distributionPoint }) => addressesOf(distributionPoint)),
    wholeListAddresses: whole.flatMap(({ distributionPoint }) => addressesOf(distributionPoint)),
    responderAddresses: access
      .filter(({ accessMethod }) => accessMethod === id_ad_ocsp)
      .flatMap(({ accessLocation }) => addressOf(accessLocation)),
    nameConstraints: read(id_ce_nameConstraints, NameConstraints),
    unknownCritical: extensions.filter(({ critical, extnID }) => critical && !KNOWN.includes(extnID)).map(({ extnID }) => extnID),
    signing: findSigning(signatureAlgorithm),
  }
}

/** RFC 7468 section 5, more patient with lines than OpenSSL is. */
const PEM = /^\s*-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\s]+)-----END CERTIFICATE-----\s*$/

function derOf(pem: string): Uint8Array {
  const base64 = PEM.exec(pem)?.[1]
  if (base64 === undefined) throw new Error('one certificate in PEM is expected')
  return Buffer.from(base64, 'base64')
}

export function thumbprintOf(der: Uint8Array): string {
  return createHash('sha256').update(der).digest('base64url')
}

export function hexOf(bytes: ArrayBuffer): string {
  return Buffer.from(bytes).toString('hex')
}

export function addressesOf(point: DistributionPointName | undefined): string[] {
  return (point?.fullName ?? []).flatMap(addressOf)
}

function addressOf({ uniformResourceIdentifier: address }: GeneralName): string[] {
  return address === undefined ? [] : [address]
}

const USER_PRINCIPAL_NAME = '1.3.6.1.4.1.311.20.2.3'

function principalNameOf({ otherName }: GeneralName): string[] {
  return otherName?.typeId === USER_PRINCIPAL_NAME ? [readAs(otherName.value, DirectoryString).toString()] : []
}

function readExtension<T>(extensions: readonly Extension[], id: string, type: new () => T): T | undefined {
  const found = extensions.find(({ extnID }) => extnID === id)
  return found && readAs(found.extnValue.buffer, type)
}
