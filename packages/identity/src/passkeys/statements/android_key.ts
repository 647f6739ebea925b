/** The format `android-key`: WebAuthn Level 3 section 8.4. The extension is the KeyDescription of https://source.android.com/docs/security/features/keystore/attestation */
import { type Element, elementsOf, INTEGER, OCTET_STRING, only, SEQUENCE, SET } from '../der.ts'
import { contentOf, partsOf } from './certificate.ts'
import { checkSignature } from './cose.ts'
import { algorithmOf, bytesOf, leafOf, type Statement, signedData } from './statement.ts'

/** 1.3.6.1.4.1.11129.2.1.17. */
const KEY_DESCRIPTION = '2b06010401d679020111'
/** Places in KeyDescription. */
const CHALLENGE = 4
const SOFTWARE_ENFORCED = 6
const TEE_ENFORCED = 7
/** Tags in AuthorizationList. */
const PURPOSE = 'a1'
const ALL_APPLICATIONS = 'bf8458'
const ORIGIN = 'bf853e'
const GENERATED = 0
const SIGN = 2

export function checkAndroidKey(statement: Statement): void {
  const leaf = leafOf(statement)
  checkSignature(algorithmOf(statement), leaf.publicKey, signedData(statement), bytesOf(statement, 'sig'))
  if (!leaf.publicKey.equals(statement.credential.key)) throw new Error('a certificate of another key')
  const extension = partsOf(leaf).extensions.get(KEY_DESCRIPTION)
  if (extension === undefined) throw new Error('a certificate that describes no key')
  const description = elementsOf(only(extension, SEQUENCE))
  if (!contentOf(description[CHALLENGE], OCTET_STRING).equals(statement.clientDataHash))
    throw new Error('a certificate of another registration')
  for (const place of [SOFTWARE_ENFORCED, TEE_ENFORCED]) checkAuthorizations(elementsOf(contentOf(description[place], SEQUENCE)))
}

/**
 * What a list says must be so: a key that was made in the device, to sign, for one application. What neither list says is not held against it, as in the vectors of section 16.13;
 * a device says all it knows, and a key that was imported is said to be.
 */
function checkAuthorizations(authorizations: readonly Element[]): void {
  const find = (wanted: string) => authorizations.find(({ tag }) => tag === wanted)?.content
  if (find(ALL_APPLICATIONS) !== undefined) throw new Error('a key for all applications')
  const origin = find(ORIGIN)
  if (origin !== undefined && numberOf(only(origin, INTEGER)) !== GENERATED) throw new Error('a key that was not made in the device')
  const purposes = find(PURPOSE)
  if (purposes === undefined) return
  const named = elementsOf(only(purposes, SET)).map((purpose) => numberOf(contentOf(purpose, INTEGER)))
  if (!named.includes(SIGN)) throw new Error('a key that does not sign')
}

function numberOf(content: Buffer): number {
  if (content.length === 0 || content.length > 6) throw new Error('no number of these')
  return content.readIntBE(0, content.length)
}
