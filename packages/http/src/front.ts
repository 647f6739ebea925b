/**
 * The front door in one process: address -> tenant and issuer, path -> app, then the one log line of the request. What CloudFront does in the cloud with
 * the same table.
 */

import type { Place } from '@gatehouse/core/place.ts'
import { openTenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Hono } from 'hono'
import type { Env, House } from './house.ts'

export type AppName = 'authorize' | 'token' | 'register' | 'approve' | 'consent' | 'account' | 'admin'
export type Apps = Readonly<Record<AppName, Hono<Env>>>

/** First match wins; paths are below the issuer (design, section 7). */
export const ROUTES: readonly { readonly path: RegExp; readonly app: AppName; readonly takesCertificates?: true }[] = [
  // All that there is at the certificates' host, and nowhere else.
  { path: /^\/certificate$/, app: 'authorize', takesCertificates: true },
  { path: /^\/oauth2\/(token|introspect|revoke|userinfo|jwks)$/, app: 'token' },
  { path: /^\/\.well-known\/(openid-configuration|oauth-authorization-server)$/, app: 'token' },
  { path: /^\/oauth2\/(authorize|logout)$/, app: 'authorize' },
  { path: /^\/(login|mfa|prompt|password|recover|logout|assets|privacy-policy)(\/|$)/, app: 'authorize' },
  { path: /^\/consent$/, app: 'consent' },
  { path: /^\/(signup|verify-email|invitation)(\/|$)/, app: 'register' },
  { path: /^\/approvals\//, app: 'approve' },
  { path: /^\/api\/v1\/me\/approvals(\/|$)/, app: 'approve' },
  { path: /^\/(account|not-me)(\/|$)/, app: 'account' },
  { path: /^\/api\/v1\/me(\/|$)/, app: 'account' },
  { path: /^\/api\/v1(\/|$)/, app: 'admin' },
]

/** Enough for every common browser; it stands twice in a session's item, which is to stay below 1 KB. */
const LONGEST_USER_AGENT = 134

/** RFC 6797 section 7.2: not on a loopback address, where it would lock plain http out of everything else that runs there. */
const HAS_A_NAME_ON_HTTPS = /^https:\/\/(?!localhost\b|127\.|\[)/

/**
 * `place`: what a front door of ours says of it; never anything that a client sends. `certificate`: in PEM, the client's own, whose private key its TLS handshake
 * has proven; of a request to the certificates' host only.
 */
export type Peer = { readonly ip: string; readonly place?: Place; readonly certificate?: string }

/** One request through the house, or through a part of it: `notFound` answers what no route, and none of the given apps, knows. */
export function openFront(
  house: House,
  apps: Partial<Apps>,
  notFound: (request: Request) => Response | Promise<Response>,
): (request: Request, peer: Peer) => Promise<Response> {
  return async (request, peer) => {
    const startedAt = performance.now()
    const url = new URL(request.url)
    const found = house.addresses.find(url)
    const address = found instanceof Promise ? await found.catch((error: unknown) => unavailable(house, undefined, error)) : found
    if (address instanceof Response) return address
    if (!address) return notFound(request)
    const below = url.pathname.slice(address.basePath.length)
    const route = ROUTES.find((candidate) => candidate.takesCertificates === address.takesCertificates && candidate.path.test(below))
    const app = route && apps[route.app]
    if (!app) return notFound(request)
    const userAgent = (request.headers.get('user-agent') ?? '').slice(0, LONGEST_USER_AGENT)
    const here = await openTenantContext(house, address, { ip: peer.ip, userAgent }, peer.place).catch((error: unknown) =>
      unavailable(house, address.tenantId, error),
    )
    if (here instanceof Response) return here
    if (!here) return notFound(request)
    const shown = address.takesCertificates && peer.certificate !== undefined ? { certificate: peer.certificate } : {}
    const response = await app.fetch(request, { here, house, ...shown })
    if (HAS_A_NAME_ON_HTTPS.test(address.origin)) response.headers.set('strict-transport-security', 'max-age=31536000')
    house.ports.log.write('info', 'request', {
      tenant: here.tenant.id,
      app: route.app,
      method: request.method,
      path: below,
      status: response.status,
      milliseconds: Math.round((performance.now() - startedAt) * 100) / 100,
      read: here.stores.meter.read,
      write: here.stores.meter.write,
    })
    return response
  }
}

/** The tenant itself, or whose a host is, cannot be read, so no app is there yet to say so: an outage, logged, and told as nothing more. */
function unavailable(house: House, tenant: string | undefined, error: unknown): Response {
  const requestId = house.ports.random.token(9)
  house.ports.log.write('error', 'failed', {
    requestId,
    tenant,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  return Response.json(
    { error: 'temporarily_unavailable', error_description: `the house cannot be read at the moment; the request id is ${requestId}` },
    { status: 503, headers: { 'cache-control': 'no-store', 'retry-after': '5' } },
  )
}
