/**
 * The format `fido-u2f`: WebAuthn Level 3 section 8.6. What a U2F key signs has no model and no flags, so its model is never said to be proven. FIDO's rules want an AAGUID of
 * zeros there; the procedure of the section asks for none, and nothing hangs on it.
 */
import { checkSignature } from './cose.ts'
import { bytesOf, leafOf, type Statement } from './statement.ts'

const ES256 = -7
const RESERVED = Buffer.of(0)
const UNCOMPRESSED = Buffer.of(4)

export function checkFidoU2f(statement: Statement): void {
  const { chain, rpIdHash, clientDataHash, credentialId, credential } = statement
  const leaf = leafOf(statement)
  if (chain.length !== 1) throw new Error('more certificates than one')
  if (leaf.publicKey.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw new Error('no certificate over P-256')
  const { crv, x = '', y = '' } = credential.key.export({ format: 'jwk' })
  if (credential.alg !== ES256 || crv !== 'P-256') throw new Error('no key over P-256')
  const publicKey = Buffer.concat([UNCOMPRESSED, Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  const data = Buffer.concat([RESERVED, rpIdHash, clientDataHash, credentialId, publicKey])
  checkSignature(ES256, leaf.publicKey, data, bytesOf(statement, 'sig'))
}
