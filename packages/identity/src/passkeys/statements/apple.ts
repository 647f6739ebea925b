/** The format `apple`: WebAuthn Level 3 section 8.8. The certificate is made for this one credential: its nonce is what the others sign. */
import { createHash } from 'node:crypto'
import { Sequence } from 'asn1js'
import { itemsOf, octetsOf, readDer, taggedOf } from '../../der.ts'
import { partsOf } from './certificate.ts'
import { leafOf, type Statement, signedData } from './statement.ts'

/** SEQUENCE { [1] { OCTET STRING } } */
const NONCE = '1.2.840.113635.100.8.2'

export function checkApple(statement: Statement): void {
  const leaf = leafOf(statement)
  const extension = partsOf(leaf).extensions.get(NONCE)
  if (extension === undefined) throw new Error('a certificate without nonce')
  const nonce = octetsOf(taggedOf(itemsOf(readDer(extension), Sequence), 1))
  if (!nonce.equals(createHash('sha256').update(signedData(statement)).digest())) throw new Error('a certificate of another registration')
  if (!leaf.publicKey.equals(statement.credential.key)) throw new Error('a certificate of another key')
}
