/** What lies outside any issuer: short addresses, the path-inserted metadata of RFC 8414 section 3.1, and the page for what is nowhere. */

const INSERTED = /^\/\.well-known\/(openid-configuration|oauth-authorization-server)(\/t\/[a-z0-9-]+)$/

/** Most requests are a tenant's: told by a look at the address, before any of the root's own is asked whether it is meant. */
export function isBelowTenants({ url }: Request): boolean {
  return url.startsWith('/t/', url.indexOf('/', url.indexOf('://') + 3))
}

/** The request as the front door knows it: metadata asked for at the root is the issuer's own. */
export function withoutInsertedPath(request: Request): Request {
  const url = new URL(request.url)
  const inserted = INSERTED.exec(url.pathname)
  if (!inserted) return request
  return new Request(new URL(`${inserted[2]}/.well-known/${inserted[1]}${url.search}`, url), {
    method: request.method,
    headers: request.headers,
  })
}

/** Redirects of the root: to My Account of the default tenant. Undefined: not one of them. */
export function rootRedirect(request: Request, basePath: string): Response | undefined {
  const { pathname } = new URL(request.url)
  const target = SHORT[pathname.replace(/\/$/, '') || '/']
  if (target === undefined || (request.method !== 'GET' && request.method !== 'HEAD')) return undefined
  return new Response(undefined, { status: 302, headers: { location: basePath + target, 'cache-control': 'no-store' } })
}

const SHORT: Readonly<Record<string, string>> = { '/': '/account', '/user-portal': '/account', '/myaccount': '/account' }
