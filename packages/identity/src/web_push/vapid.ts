/**
 * Who sends a push message, so that a subscription is good for nobody else: RFC 8292. Each tenant has a key pair of its own, derived by the vault: it is stored nowhere, and the
 * same wherever the house runs.
 */
import { createECDH, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { derivedKey } from '../seal.ts'

const PURPOSE = 'web_push_vapid'
const COORDINATE_BYTES = 32
/** Section 2: at most a day. */
const TOKEN_SECONDS = 3600

export type VapidKey = {
  readonly privateKey: KeyObject /** Of the point, uncompressed, in base64url: what browsers call `applicationServerKey`. */
  readonly publicKey: string
}

export async function vapidKeyOf(ctx: Pick<TenantContext, 'vault' | 'stores'>): Promise<VapidKey> {
  const secret = (await derivedKey(ctx, PURPOSE)).export()
  const ecdh = createECDH('prime256v1')
  ecdh.setPrivateKey(secret)
  const point = ecdh.getPublicKey()
  const [x, y] = [point.subarray(1, 1 + COORDINATE_BYTES), point.subarray(1 + COORDINATE_BYTES)].map((one) => one.toString('base64url'))
  const jwk = { kty: 'EC', crv: 'P-256', d: secret.toString('base64url'), x: x ?? '', y: y ?? '' }
  return { privateKey: createPrivateKey({ key: jwk, format: 'jwk' }), publicKey: point.toString('base64url') }
}

/** The `Authorization` of a request to this push service. Section 3. */
export async function vapidAuthorization(ctx: TenantContext, endpoint: string): Promise<string> {
  const { privateKey, publicKey } = await vapidKeyOf(ctx)
  const claims = { aud: new URL(endpoint).origin, exp: nowSeconds(ctx) + TOKEN_SECONDS, sub: ctx.issuer }
  const signed = `${segment({ typ: 'JWT', alg: 'ES256' })}.${segment(claims)}`
  const signature = sign('sha256', Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' })
  return `vapid t=${signed}.${signature.toString('base64url')}, k=${publicKey}`
}

function segment(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
