/** What the formats ask of an attestation certificate beyond its signature: WebAuthn Level 3 sections 8.2.1 and 8.3.1, on the structure of RFC 5280 section 4.1. */
import type { X509Certificate } from 'node:crypto'
import { Certificate, type Name, Version } from '@peculiar/asn1-x509'
import { octetsOf, readAs, readDer } from '../../der.ts'

/** `id-fido-gen-ce-aaguid`. */
const AAGUID = '1.3.6.1.4.1.45724.1.1.4'

/** Of a name: object identifier -> value. */
export type Attributes = ReadonlyMap<string, string>

export type Parts = {
  readonly subject: Attributes
  /** Object identifier -> the extension's value. */
  readonly extensions: ReadonlyMap<string, Buffer>
}

/** Throws where it is not of version 3, which alone has extensions. */
export function partsOf(certificate: X509Certificate): Parts {
  const { version, subject, extensions = [] } = readAs(certificate.raw, Certificate).tbsCertificate
  if (version !== Version.v3) throw new Error('no certificate of version 3')
  return {
    subject: attributesOf(subject),
    extensions: new Map(extensions.map(({ extnID, extnValue }) => [extnID, Buffer.from(extnValue.buffer)])),
  }
}

/** Several attributes in one set are taken apart: some makers of TPMs write theirs so. */
export function attributesOf(name: Name): Attributes {
  return new Map(name.flatMap((set) => set.map(({ type, value }) => [type, value.toString()] as const)))
}

/** Where the certificate names its model, it is the one that the authenticator names. The value is wrapped in two OCTET STRINGs. */
export function checkModel({ extensions }: Parts, aaguid: Uint8Array): void {
  const named = extensions.get(AAGUID)
  if (named !== undefined && !octetsOf(readDer(named)).equals(aaguid)) throw new Error('the certificate is of another model')
}

export function checkIsNoAuthority(certificate: X509Certificate): void {
  if (certificate.ca) throw new Error('an attestation certificate that may sign others')
}
