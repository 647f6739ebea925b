/** Verifies AWS Signature Version 4 in the `Authorization` header: it says who calls, and that nobody changed the call. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { AwsRequest } from './request.ts'

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }
export type Signed = { readonly accessKeyId: string; readonly region: string; readonly service: string }

export class SignatureError extends Error {
  override readonly name = 'SignatureError'
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
const FIVE_MINUTES = 300_000

/** Throws `SignatureError` for what AWS would not take; `find` gives the credentials of an access key. */
export function checkSignature(request: AwsRequest, find: (accessKeyId: string) => Credentials | undefined, now: number): Signed {
  const parts = AUTHORIZATION.exec(request.headers.authorization ?? '')
  if (!parts) throw new SignatureError('no Authorization header of AWS4-HMAC-SHA256')
  const [, accessKeyId = '', date = '', region = '', service = '', names = '', signature = ''] = parts
  const credentials = find(accessKeyId)
  if (!credentials) throw new SignatureError(`nobody has the access key ${accessKeyId}`)
  if (request.headers['x-amz-security-token'] !== credentials.sessionToken) throw new SignatureError('the session token is another')
  const signedHeaders = names.split(';')
  for (const needed of ['host', 'x-amz-date', 'x-amz-security-token'])
    if (!signedHeaders.includes(needed)) throw new SignatureError(`${needed} is not signed`)
  const time = request.headers['x-amz-date'] ?? ''
  if (Math.abs(now - parseTime(time)) > FIVE_MINUTES) throw new SignatureError(`signed at ${time}, which is not now`)

  const scope = `${date}/${region}/${service}/aws4_request`
  const text = ['AWS4-HMAC-SHA256', time, scope, sha256(canonicalRequest(request, signedHeaders, service))].join('\n')
  const key = [date, region, service, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${credentials.secretAccessKey}`)
  if (!timingSafeEqual(hmac(key, text), Buffer.from(signature, 'hex'))) throw new SignatureError('the signature does not match')
  return { accessKeyId, region, service }
}

function canonicalRequest(request: AwsRequest, signedHeaders: readonly string[], service: string): string {
  const payload = request.headers['x-amz-content-sha256']
  const actual = sha256(request.body)
  // Only S3 may leave its payload unsigned; a hash that is stated is the body's.
  if (payload !== undefined && payload !== actual && !(service === 's3' && payload === 'UNSIGNED-PAYLOAD'))
    throw new SignatureError('the body is not what was signed')
  return [
    request.method,
    service === 's3' ? request.path : request.path.split('/').map(encode).join('/'),
    [...request.query]
      .map(([name, value]) => `${encode(name)}=${encode(value)}`)
      .sort()
      .join('&'),
    ...signedHeaders.map((name) => `${name}:${(request.headers[name] ?? '').trim().replace(/ +/g, ' ')}`),
    '',
    signedHeaders.join(';'),
    payload ?? actual,
  ].join('\n')
}

function parseTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'))
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}

function hmac(key: Buffer | string, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest()
}
