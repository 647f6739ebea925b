/** Discovery and keys: OpenID Connect Discovery 1.0 section 4, RFC 8414 section 3, RFC 7517 section 5. Public, for everyone's pages, and kept for a while. */
import { jwksOf, metadataOf } from '@gatehouse/identity/discovery.ts'
import { JWKS_CACHE_SECONDS } from '@gatehouse/identity/lifetimes.ts'
import type { HouseContext } from '../house.ts'

const CACHE_CONTROL = `public, max-age=${JWKS_CACHE_SECONDS}`

export function metadata(c: HouseContext): Response {
  return publicJson(metadataOf(c.env.here), 'application/json')
}

/** The life that it may be cached is what a new key waits for before it signs. */
export async function jwks(c: HouseContext): Promise<Response> {
  return publicJson(await jwksOf(c.env.here), 'application/jwk-set+json')
}

function publicJson(value: unknown, contentType: string): Response {
  return new Response(JSON.stringify(value), {
    headers: { 'content-type': contentType, 'cache-control': CACHE_CONTROL, 'access-control-allow-origin': '*' },
  })
}
