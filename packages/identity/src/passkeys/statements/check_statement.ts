/**
 * Attestation statements (WebAuthn Level 3 section 8): each format's own checks but for the chain of certificates, which `attestation.ts` follows to whom the tenant
 * trusts. What proves who made the authenticator is that chain: no format has a list of makers beside it.
 */
import { createHash, X509Certificate } from 'node:crypto'
import { decodeAttestationObject, parseAuthenticatorData } from '@simplewebauthn/server/helpers'
import { checkAndroidKey } from './android_key.ts'
import { checkApple } from './apple.ts'
import { credentialKeyOf } from './cose.ts'
import { checkFidoU2f } from './fido_u2f.ts'
import { checkPacked } from './packed.ts'
import { bytes, type Statement } from './statement.ts'
import { checkTpm } from './tpm.ts'

export type CheckedStatement = {
  readonly fmt: string
  readonly chain: readonly X509Certificate[]
  /** The model that is vouched for; undefined where the format vouches for none. */
  readonly aaguid: Uint8Array | undefined
}

type Format = {
  /** Throws at anything that is not as the format has it. */
  readonly check: (statement: Statement) => void
  /** Does its signature, or the certificate, cover the authenticator's data, and with it the model? */
  readonly tellsModel: boolean
}

const FORMATS: ReadonlyMap<string, Format> = new Map([
  ['none', { check: checkNone, tellsModel: false }],
  ['packed', { check: checkPacked, tellsModel: true }],
  ['tpm', { check: checkTpm, tellsModel: true }],
  ['android-key', { check: checkAndroidKey, tellsModel: true }],
  ['apple', { check: checkApple, tellsModel: true }],
  ['fido-u2f', { check: checkFidoU2f, tellsModel: false }],
])

export function checkStatement(attestationObject: string, clientDataJSON: string): CheckedStatement {
  const decoded = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
  const [fmt, authData] = [decoded.get('fmt'), decoded.get('authData')]
  const format = FORMATS.get(fmt)
  if (format === undefined) throw new Error('an unknown format')
  const entries: unknown = decoded.get('attStmt')
  if (!(entries instanceof Map)) throw new Error('no statement')
  const { rpIdHash, aaguid, credentialID, credentialPublicKey } = parseAuthenticatorData(authData)
  if (!aaguid || !credentialID || !credentialPublicKey) throw new Error('no credential was made')
  const chain = chainOf(entries.get('x5c'))
  format.check({
    entries,
    authData: Buffer.from(authData),
    clientDataHash: createHash('sha256').update(Buffer.from(clientDataJSON, 'base64url')).digest(),
    rpIdHash,
    aaguid,
    credentialId: credentialID,
    credential: credentialKeyOf(credentialPublicKey),
    chain,
  })
  return { fmt, chain, aaguid: format.tellsModel ? aaguid : undefined }
}

function chainOf(x5c: unknown): X509Certificate[] {
  if (x5c === undefined) return []
  if (!Array.isArray(x5c) || x5c.length === 0) throw new Error('an empty chain')
  return x5c.map((der) => new X509Certificate(bytes(der)))
}

/** Section 8.7. */
function checkNone({ entries }: Statement): void {
  if (entries.size > 0) throw new Error('a statement that says something')
}
