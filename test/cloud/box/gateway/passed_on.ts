/** What CloudFront writes on a request, and what of it reaches the origin. */
import type { Passes } from './distribution.ts'
import type { EdgeMap, EdgeRequest } from './edge_function.ts'

/** In front of a distribution that asks for certificates: whatever a client sent under these names goes, and what the handshake showed is said (RFC 9440 section 2.2). */
export function certificateHeaders(request: EdgeRequest, shown: Buffer | undefined): EdgeRequest {
  const { 'client-cert': _leaf, 'client-cert-chain': _chain, ...headers } = request.headers
  return {
    ...request,
    headers: {
      ...headers,
      'cloudfront-viewer-cert-present': { value: shown === undefined ? '0' : '1' },
      ...(shown === undefined ? {} : { 'client-cert': { value: `:${shown.toString('base64')}:` } }),
    },
  }
}

/** By the policies of the behaviour; what they do not name stays at the edge. */
export function passedOn(passes: Passes, request: EdgeRequest): EdgeRequest {
  return {
    ...request,
    headers: picked(request.headers, passes.headers),
    cookies: picked(request.cookies, passes.cookies),
    querystring: picked(request.querystring, passes.query),
  }
}

function picked(from: EdgeMap, which: Passes['headers']): EdgeMap {
  if (which === 'all') return from
  return Object.fromEntries(Object.entries(from).filter(([name]) => which.includes(name)))
}
