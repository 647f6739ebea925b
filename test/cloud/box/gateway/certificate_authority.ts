/** An authority of this box alone: made at its start, its key forgotten at its end. It signs one certificate, for names of this machine (RFC 5280). */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import { bits, der, explicit, implicit, integer, octets, oid, sequence, set, text, utcTime, yes } from './der.ts'

export type Certificates = {
  /** PEM, for those who are to trust the box. */
  readonly authority: string
  readonly certificate: string
  readonly key: string
  /** Base64 of SHA-256 over the server's public key, as Chromium is told whom to trust. */
  readonly keyHash: string
}

const ECDSA_WITH_SHA256 = sequence(oid('1.2.840.10045.4.3.2'))
const DAY = 86_400_000

/** `names` are host names; `127.0.0.1` is always in. */
export function makeCertificates(names: readonly string[]): Certificates {
  const authority = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const server = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const issuer = nameOf('Gatehouse cloud in a box')
  const root = certificate({
    issuer,
    subject: issuer,
    publicKey: authority.publicKey,
    signedBy: authority.privateKey,
    extensions: [
      extension('2.5.29.19', sequence(yes), true),
      extension('2.5.29.15', der(0x03, Buffer.from([1, 0x06])), true),
      extension('2.5.29.14', octets(keyId(authority.publicKey))),
    ],
  })
  const leaf = certificate({
    issuer,
    subject: nameOf(names[0] ?? 'localhost'),
    publicKey: server.publicKey,
    signedBy: authority.privateKey,
    extensions: [
      extension('2.5.29.19', sequence(), true),
      extension('2.5.29.15', der(0x03, Buffer.from([7, 0x80])), true),
      extension('2.5.29.37', sequence(oid('1.3.6.1.5.5.7.3.1'))),
      extension('2.5.29.17', sequence(...names.map((name) => implicit(2, Buffer.from(name))), implicit(7, Buffer.from([127, 0, 0, 1])))),
      extension('2.5.29.35', sequence(implicit(0, keyId(authority.publicKey)))),
    ],
  })
  return {
    authority: pem(root),
    certificate: pem(leaf),
    key: String(server.privateKey.export({ type: 'pkcs8', format: 'pem' })),
    keyHash: createHash('sha256').update(spki(server.publicKey)).digest('base64'),
  }
}

type Parts = {
  readonly issuer: Buffer
  readonly subject: Buffer
  readonly publicKey: KeyObject
  readonly signedBy: KeyObject
  readonly extensions: readonly Buffer[]
}

function certificate({ issuer, subject, publicKey, signedBy, extensions }: Parts): Buffer {
  const now = Date.now()
  const toBeSigned = sequence(
    explicit(0, integer(Buffer.from([2]))),
    integer(Buffer.concat([Buffer.from([1]), randomBytes(15)])),
    ECDSA_WITH_SHA256,
    issuer,
    sequence(utcTime(new Date(now - DAY)), utcTime(new Date(now + 30 * DAY))),
    subject,
    spki(publicKey),
    explicit(3, sequence(...extensions)),
  )
  return sequence(toBeSigned, ECDSA_WITH_SHA256, bits(sign('sha256', toBeSigned, signedBy)))
}

function extension(id: string, value: Buffer, critical = false): Buffer {
  return sequence(oid(id), ...(critical ? [yes] : []), octets(value))
}

function nameOf(commonName: string): Buffer {
  return sequence(set(sequence(oid('2.5.4.3'), text(commonName))))
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function keyId(key: KeyObject): Buffer {
  return createHash('sha1').update(spki(key)).digest()
}

function pem(bytes: Buffer): string {
  return `-----BEGIN CERTIFICATE-----\n${bytes.toString('base64').replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}
