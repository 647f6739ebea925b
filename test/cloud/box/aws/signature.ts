/**
 * Verifies AWS Signature Version 4 in the `Authorization` header: it says who calls, and that nobody changed the call. Of version 4A, which is good in every
 * region, the key is derived by our own code, which AWS's published vectors prove (`packages/adapters/src/aws/sign_v4a.test.ts`).
 */
import { createHash, createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto'
import { signingKey } from '@gatehouse/adapters/aws/sign_v4a.ts'
import type { AwsRequest } from './request.ts'

export type Credentials = { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken: string }
export type Signed = { readonly accessKeyId: string; readonly region: string; readonly service: string }

export class SignatureError extends Error {
  override readonly name = 'SignatureError'
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/
/** Version 4A: without a region in the scope; `x-amz-region-set` says in which it is good. */
const EVERYWHERE =
  /^AWS4-ECDSA-P256-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{16,160})$/
/** Each takes one kind. */
const SIGNED_EVERYWHERE: ReadonlySet<string> = new Set(['cloudfront-keyvaluestore'])
const FIVE_MINUTES = 300_000

type Parts = Signed & { readonly date: string; readonly names: readonly string[]; readonly signature: Buffer }

/** Throws `SignatureError` for what AWS would not take; `find` gives the credentials of an access key. */
export function checkSignature(request: AwsRequest, find: (accessKeyId: string) => Credentials | undefined, now: number): Signed {
  const { date, names, signature, ...signed } = parse(request.headers)
  const { accessKeyId, region, service } = signed
  const credentials = find(accessKeyId)
  if (!credentials) throw new SignatureError(`nobody has the access key ${accessKeyId}`)
  if (request.headers['x-amz-security-token'] !== credentials.sessionToken) throw new SignatureError('the session token is another')
  const everywhere = region === '*'
  if (everywhere !== SIGNED_EVERYWHERE.has(service)) throw new SignatureError(`${service} takes no signature of this version`)
  for (const needed of ['host', 'x-amz-date', 'x-amz-security-token', ...(everywhere ? ['x-amz-region-set'] : [])])
    if (!names.includes(needed)) throw new SignatureError(`${needed} is not signed`)
  const time = request.headers['x-amz-date'] ?? ''
  if (Math.abs(now - parseTime(time)) > FIVE_MINUTES) throw new SignatureError(`signed at ${time}, which is not now`)

  const hashed = sha256(canonicalRequest(request, names, service))
  const holds = everywhere
    ? isSignedEverywhere(credentials, ['AWS4-ECDSA-P256-SHA256', time, `${date}/${service}/aws4_request`, hashed], signature)
    : isSigned(credentials, ['AWS4-HMAC-SHA256', time, `${date}/${region}/${service}/aws4_request`, hashed], signature, [
        date,
        region,
        service,
      ])
  if (!holds) throw new SignatureError('the signature does not match')
  return signed
}

function parse(headers: AwsRequest['headers']): Parts {
  const [said = '', set] = [headers.authorization, headers['x-amz-region-set']]
  const [regional, everywhere] = [AUTHORIZATION.exec(said), EVERYWHERE.exec(said)]
  if (!regional && !(everywhere && set === '*'))
    throw new SignatureError('no Authorization header of AWS4-HMAC-SHA256, nor one that is good everywhere')
  const [accessKeyId = '', date = '', ...rest] = (regional ?? everywhere ?? []).slice(1)
  const [region = '', service = '', names = '', signature = ''] = regional ? rest : ['*', ...rest]
  return { accessKeyId, date, region, service, names: names.split(';'), signature: Buffer.from(signature, 'hex') }
}

function isSigned({ secretAccessKey }: Credentials, text: readonly string[], signature: Buffer, scope: readonly string[]): boolean {
  const key = [...scope, 'aws4_request'].reduce<Buffer | string>(hmac, `AWS4${secretAccessKey}`)
  return timingSafeEqual(hmac(key, text.join('\n')), signature)
}

function isSignedEverywhere(credentials: Credentials, text: readonly string[], signature: Buffer): boolean {
  return verify('sha256', Buffer.from(text.join('\n')), createPublicKey(signingKey(credentials)), signature)
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
