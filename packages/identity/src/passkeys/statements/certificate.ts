/** What the formats ask of an attestation certificate beyond its signature: WebAuthn Level 3 sections 8.2.1 and 8.3.1, on the structure of RFC 5280 section 4.1. */
import type { X509Certificate } from 'node:crypto'
import { BOOLEAN, type Element, elementsOf, INTEGER, OCTET_STRING, only, SEQUENCE, SET } from '../der.ts'

const VERSION = 'a0'
const EXTENSIONS = 'a3'
const VERSION_3 = 2
/** Of `tbsCertificate` with its version: version, serialNumber, signature, issuer, validity, subject. */
const SUBJECT = 5
/** 1.3.6.1.4.1.45724.1.1.4, `id-fido-gen-ce-aaguid`. */
const AAGUID = '2b0601040182e51c010104'

/** Of a name: object identifier -> value. */
export type Attributes = ReadonlyMap<string, string>

export type Parts = {
  readonly subject: Attributes
  /** Object identifier -> the extension's value. */
  readonly extensions: ReadonlyMap<string, Buffer>
}

/** Throws where it is not of version 3, which alone has extensions. */
export function partsOf(certificate: X509Certificate): Parts {
  const [tbs] = elementsOf(only(certificate.raw, SEQUENCE))
  const fields = elementsOf(contentOf(tbs, SEQUENCE))
  if (contentOf(elementsOf(contentOf(fields[0], VERSION))[0], INTEGER).readUInt8() !== VERSION_3)
    throw new Error('no certificate of version 3')
  const extensions = new Map<string, Buffer>()
  const listed = fields.find(({ tag }) => tag === EXTENSIONS)
  for (const one of listed ? elementsOf(only(listed.content, SEQUENCE)) : []) {
    const [id, ...more] = elementsOf(contentOf(one, SEQUENCE))
    const value = more.filter(({ tag }) => tag !== BOOLEAN)
    if (id !== undefined) extensions.set(id.content.toString('hex'), contentOf(value[0], OCTET_STRING))
  }
  return { subject: attributesOf(contentOf(fields[SUBJECT], SEQUENCE)), extensions }
}

/** `name`: the content of a Name (RFC 5280 section 4.1.2.4). Several attributes in one set are taken apart: some makers of TPMs write theirs so. */
export function attributesOf(name: Buffer): Attributes {
  const attributes = new Map<string, string>()
  for (const set of elementsOf(name))
    for (const attribute of elementsOf(contentOf(set, SET))) {
      const [id, value] = elementsOf(contentOf(attribute, SEQUENCE))
      if (id !== undefined && value !== undefined) attributes.set(id.content.toString('hex'), value.content.toString('utf8'))
    }
  return attributes
}

/** Where the certificate names its model, it is the one that the authenticator names. The value is wrapped in two OCTET STRINGs. */
export function checkModel({ extensions }: Parts, aaguid: Uint8Array): void {
  const named = extensions.get(AAGUID)
  if (named !== undefined && !only(named, OCTET_STRING).equals(aaguid)) throw new Error('the certificate is of another model')
}

export function checkIsNoAuthority(certificate: X509Certificate): void {
  if (certificate.ca) throw new Error('an attestation certificate that may sign others')
}

export function contentOf(element: Element | undefined, tag: string): Buffer {
  if (element?.tag !== tag) throw new Error(`expected DER ${tag}, found ${element?.tag ?? 'nothing'}`)
  return element.content
}
