/** The format `packed`: WebAuthn Level 3 section 8.2, its certificates section 8.2.1. */
import { checkIsNoAuthority, checkModel, partsOf } from './certificate.ts'
import { checkSignature } from './cose.ts'
import { algorithmOf, bytesOf, leafOf, type Statement, signedData } from './statement.ts'

const COUNTRY = '2.5.4.6'
const ORGANIZATION = '2.5.4.10'
const UNIT = '2.5.4.11'
const COMMON_NAME = '2.5.4.3'

export function checkPacked(statement: Statement): void {
  const [alg, sig] = [algorithmOf(statement), bytesOf(statement, 'sig')]
  if (statement.chain.length === 0) {
    const { credential } = statement
    if (credential.alg !== alg) throw new Error('self-attestation by another algorithm')
    checkSignature(alg, credential.key, signedData(statement), sig)
    return
  }
  const leaf = leafOf(statement)
  checkSignature(alg, leaf.publicKey, signedData(statement), sig)
  checkIsNoAuthority(leaf)
  const parts = partsOf(leaf)
  const { subject } = parts
  if (!/^[A-Za-z]{2}$/.test(subject.get(COUNTRY) ?? '')) throw new Error('the certificate names no country')
  if (subject.get(UNIT) !== 'Authenticator Attestation') throw new Error('the certificate is not for attestation')
  if (!subject.get(ORGANIZATION) || !subject.get(COMMON_NAME)) throw new Error('the certificate names no maker')
  checkModel(parts, statement.aaguid)
}
