/**
 * Signature Version 4A: for the few calls whose signature is good in every region (CloudFront's key-value stores take no other). The key is a P-256 key that is
 * derived from the secret one: NIST SP 800-108, counter mode, HMAC-SHA256, as AWS's own clients do it.
 */
import { createECDH, createHash, createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { AwsAccess } from './aws_access.ts'

export type Unsigned = {
  readonly method: string
  readonly host: string
  /** As it goes over the wire, encoded. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  readonly service: string
  /** Milliseconds since the epoch. */
  readonly now: number
}

const ALGORITHM = 'AWS4-ECDSA-P256-SHA256'
/** n - 2 of P-256. */
const LARGEST = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc63254fn
const EVERY_REGION = '*'

/** The headers to send: those given, and the signature's. */
export function signV4a({ credentials }: AwsAccess, call: Unsigned): Record<string, string> {
  const date = `${new Date(call.now).toISOString().replaceAll(/[-:]|\.\d{3}/g, '')}`
  const scope = `${date.slice(0, 8)}/${call.service}/aws4_request`
  const headers: Record<string, string> = {
    ...call.headers,
    host: call.host,
    'x-amz-date': date,
    'x-amz-region-set': EVERY_REGION,
    'x-amz-content-sha256': sha256(call.body),
    ...(credentials.sessionToken === undefined ? {} : { 'x-amz-security-token': credentials.sessionToken }),
  }
  const names = Object.keys(headers).sort()
  const [path = '', query = ''] = call.path.split('?')
  const canonical = [
    call.method,
    // Each part is encoded once more than on the wire, as for every service but S3.
    path.split('/').map(encode).join('/'),
    query,
    ...names.map((name) => `${name}:${headers[name]?.trim()}`),
    '',
    names.join(';'),
    sha256(call.body),
  ].join('\n')
  const signature = sign('sha256', Buffer.from([ALGORITHM, date, scope, sha256(canonical)].join('\n')), signingKey(credentials))
  return {
    ...headers,
    authorization: `${ALGORITHM} Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature.toString('hex')}`,
  }
}

export function signingKey({ accessKeyId, secretAccessKey }: Pick<AwsAccess['credentials'], 'accessKeyId' | 'secretAccessKey'>): KeyObject {
  for (let counter = 1; counter < 255; counter++) {
    const derived = createHmac('sha256', `AWS4A${secretAccessKey}`)
      .update(Buffer.concat([u32(1), Buffer.from(ALGORITHM), Buffer.of(0), Buffer.from(accessKeyId), Buffer.of(counter), u32(256)]))
      .digest('hex')
    const candidate = BigInt(`0x${derived}`)
    if (candidate <= LARGEST) return privateKey(Buffer.from((candidate + 1n).toString(16).padStart(64, '0'), 'hex'))
  }
  throw new Error('no signing key comes of these credentials')
}

function privateKey(scalar: Buffer): KeyObject {
  const curve = createECDH('prime256v1')
  curve.setPrivateKey(scalar)
  const point = curve.getPublicKey()
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString('base64url'))
  return createPrivateKey({ key: { kty: 'EC', crv: 'P-256', d: scalar.toString('base64url'), x: x ?? '', y: y ?? '' }, format: 'jwk' })
}

function encode(part: string): string {
  return encodeURIComponent(part).replaceAll(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}
