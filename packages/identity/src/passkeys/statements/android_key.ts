/** The format `android-key`: WebAuthn Level 3 section 8.4. The extension is the KeyDescription of https://source.android.com/docs/security/features/keystore/attestation */
import { type AsnType, Sequence, Set as SetOf } from 'asn1js'
import { itemsOf, numberOf, octetsOf, readDer, taggedOf } from '../../der.ts'
import { partsOf } from './certificate.ts'
import { checkSignature } from './cose.ts'
import { algorithmOf, bytesOf, leafOf, type Statement, signedData } from './statement.ts'

const KEY_DESCRIPTION = '1.3.6.1.4.1.11129.2.1.17'
/** Places in KeyDescription. */
const CHALLENGE = 4
const SOFTWARE_ENFORCED = 6
const TEE_ENFORCED = 7
/** Tags in AuthorizationList. */
const PURPOSE = 1
const ALL_APPLICATIONS = 600
const ORIGIN = 702
const GENERATED = 0
const SIGN = 2

export function checkAndroidKey(statement: Statement): void {
  const leaf = leafOf(statement)
  checkSignature(algorithmOf(statement), leaf.publicKey, signedData(statement), bytesOf(statement, 'sig'))
  if (!leaf.publicKey.equals(statement.credential.key)) throw new Error('a certificate of another key')
  const extension = partsOf(leaf).extensions.get(KEY_DESCRIPTION)
  if (extension === undefined) throw new Error('a certificate that describes no key')
  const description = itemsOf(readDer(extension), Sequence)
  if (!octetsOf(description[CHALLENGE]).equals(statement.clientDataHash)) throw new Error('a certificate of another registration')
  for (const place of [SOFTWARE_ENFORCED, TEE_ENFORCED]) checkAuthorizations(itemsOf(description[place], Sequence))
}

/**
 * What a list says must be so: a key that was made in the device, to sign, for one application. What neither list says is not held against it, as in the vectors of section 16.13;
 * a device says all it knows, and a key that was imported is said to be.
 */
function checkAuthorizations(authorizations: readonly AsnType[]): void {
  if (taggedOf(authorizations, ALL_APPLICATIONS) !== undefined) throw new Error('a key for all applications')
  const origin = taggedOf(authorizations, ORIGIN)
  if (origin !== undefined && numberOf(origin) !== GENERATED) throw new Error('a key that was not made in the device')
  const purposes = taggedOf(authorizations, PURPOSE)
  if (purposes === undefined) return
  const named = itemsOf(purposes, SetOf).map(numberOf)
  if (!named.includes(SIGN)) throw new Error('a key that does not sign')
}
