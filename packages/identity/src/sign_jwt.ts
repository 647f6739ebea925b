/**
 * Signs and verifies our own JWTs (RFC 7519, RFC 8725): ES256 and RS256 under the tenant's keys. The algorithm is the key's, never the token's word. With
 * node:crypto, since the hot paths were measured two to three times faster so.
 */
import { hash, sign, verify } from 'node:crypto'
import type { SigningAlgorithm } from '@gatehouse/store/signing_key.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { derToJose, joseToDer } from './ecdsa_signature.ts'
import { bounded, perHouse } from './house_memory.ts'
import { findPublicKey, loadPrivateKey, type PrivateKey, type PublicKey } from './signing_keys.ts'

/** RFC 8725 section 3.11: each kind of token says what it is, so that none passes for another. */
export type TokenType = 'JWT' | 'at+jwt' | 'logout+jwt'
export type JwtClaims = Readonly<Record<string, unknown>>

export async function signJwt(ctx: TenantContext, alg: SigningAlgorithm, typ: TokenType, claims: JwtClaims): Promise<string> {
  const key = await loadPrivateKey(ctx, alg)
  const signed = `${headerSegment(key, typ)}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
  const token = `${signed}.${signature(key, signed).toString('base64url')}`
  // Access tokens come back to us soon and often; verifying is dearer than signing.
  if (typ === 'at+jwt') verifiedOf(ctx).set(digestOf(token), claims)
  return token
}

/** The claims of a token that this tenant signed as this type; undefined for anything else. Says nothing of `exp`, `iss` or `aud`. */
export async function verifyJwt(ctx: TenantContext, token: string, typ: TokenType): Promise<JwtClaims | undefined> {
  if (!COMPACT.test(token)) return undefined
  const [header = '', payload = ''] = token.split('.', 2)
  const { kid, alg, typ: came, crit } = parseSegment(header) ?? {}
  if (typeof kid !== 'string' || came !== typ || crit !== undefined) return undefined
  const key = await findPublicKey(ctx, kid)
  if (!key || alg !== key.alg) return undefined
  const [verified, digest] = [verifiedOf(ctx), digestOf(token)]
  const known = verified.get(digest)
  if (known) return known
  const claims = isSignedBy(key, token, header.length + 1 + payload.length) ? parseSegment(payload) : undefined
  if (claims) verified.set(digest, claims)
  return claims
}

/** Claims by the digest of their token, whose signature was made here or was found right under a key that is published: it does not change its mind. */
const verifiedOf = perHouse(() => bounded<JwtClaims>(10_000))

const COMPACT = /^[\w-]+\.[\w-]+\.[\w-]+$/

function headerSegment(key: PrivateKey, typ: TokenType): string {
  const known = key.headers.get(typ)
  if (known !== undefined) return known
  const made = Buffer.from(JSON.stringify({ alg: key.alg, typ, kid: key.kid })).toString('base64url')
  key.headers.set(typ, made)
  return made
}

function signature({ alg, key }: PrivateKey, signed: string): Buffer {
  const made = sign('sha256', Buffer.from(signed), key)
  return alg === 'ES256' ? derToJose(made) : made
}

function isSignedBy(key: PublicKey, token: string, signedLength: number): boolean {
  const came = Buffer.from(token.slice(signedLength + 1), 'base64url')
  const signature = key.alg === 'ES256' ? joseToDer(came) : came
  return signature !== undefined && verify('sha256', Buffer.from(token.slice(0, signedLength)), key.key, signature)
}

function digestOf(token: string): string {
  return hash('sha256', token, 'base64url')
}

function parseSegment(segment: string): JwtClaims | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(segment, 'base64url').toString('utf8'))
    return isRecord(value) ? value : undefined
  } catch {
    // No JSON: no token of ours. What it was is nobody's business.
    return undefined
  }
}

function isRecord(value: unknown): value is JwtClaims {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
