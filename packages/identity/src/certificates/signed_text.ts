/** What an authority signed that is no certificate: lists of what was revoked, and answers about one (RFC 5280 section 5.1.1.2, RFC 6960 section 4.3). */
import { constants, type KeyObject, verify } from 'node:crypto'
import type { AlgorithmIdentifier } from '@peculiar/asn1-x509'
import { findSigning, type Signing } from './signing.ts'

export type SignedText = Signing & { readonly signed: Uint8Array; readonly signature: Uint8Array }

/** Throws where one of the three is missing, or not taken. */
export function signedText(signed: ArrayBuffer | undefined, by: AlgorithmIdentifier, signature: ArrayBuffer): SignedText {
  const signing = findSigning(by)
  if (signing === undefined) throw new Error(`signed by an algorithm that is not taken: ${by.algorithm}`)
  if (signed === undefined) throw new Error('nothing is signed in it')
  return { ...signing, signed: new Uint8Array(signed), signature: new Uint8Array(signature) }
}

/** With another digest, or without one, `verify` throws. */
const KEYS_WITHOUT_DIGEST: readonly string[] = ['ed25519', 'ed448']

export function isSignedWith({ signed, signature, digest, saltLength }: SignedText, key: KeyObject): boolean {
  const kind = key.asymmetricKeyType ?? ''
  if (KEYS_WITHOUT_DIGEST.includes(kind) !== (digest === null)) return false
  if (saltLength === undefined) return kind !== 'rsa-pss' && verify(digest, signed, key, signature)
  return (
    signsSo(key, digest, saltLength) && verify(digest, signed, { key, saltLength, padding: constants.RSA_PKCS1_PSS_PADDING }, signature)
  )
}

/** Any key of RSA may; one that is for PSS alone may say with which digest, and from how much salt on (RFC 4055 section 1.2). `verify` throws at others. */
function signsSo({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject, digest: string | null, saltLength: number): boolean {
  if (asymmetricKeyType === 'rsa') return true
  const { hashAlgorithm, mgf1HashAlgorithm, saltLength: least = 0 } = asymmetricKeyDetails
  const isFree = hashAlgorithm === undefined && mgf1HashAlgorithm === undefined
  return asymmetricKeyType === 'rsa-pss' && least <= saltLength && (isFree || (hashAlgorithm === digest && mgf1HashAlgorithm === digest))
}
