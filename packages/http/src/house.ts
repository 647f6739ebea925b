/** What every app stands in: the ports, the stores, and the table of addresses. Roofs make it; apps are values over it. */
import type { Addresses } from '@gatehouse/ports/addresses.ts'
import type { DomainPorts, DoorPorts } from '@gatehouse/ports/ports.ts'
import type { Stores } from '@gatehouse/store/stores.ts'
import type { ConfigurationCache, TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Context } from 'hono'

export type House = {
  readonly ports: DoorPorts
  readonly stores: Stores
  readonly cache: ConfigurationCache
  readonly addresses: Addresses
  /** The tenant that the root's short addresses lead to (`/user-portal`). */
  readonly defaultTenant: string
  /**
   * Present only while bound to a loopback address with a loopback origin: a password that the policy refuses is taken from an administrator all the same
   * (the demo's seed). The roof remembers that there is one, and does not open the same data to others.
   */
  readonly excuseWeakPassword?: () => void
  /** Absent where domains of tenants are not administered: in most functions, and in a house that has one host only. */
  readonly domains?: DomainPorts
  /** My Account's built files; absent where the portal is served from elsewhere. */
  readonly portal?: PortalFiles
}

export type PortalFiles = {
  /** `path` below the portal's root, as `assets/index-abc.js`; undefined: no such file. */
  read(path: string): Promise<{ body: Uint8Array; contentType: string; immutable: boolean } | undefined>
}

/** Hono's environment in all apps: `c.env.here` is the tenant's context of this request. `certificate`: see `Peer`. */
export type Env = { Bindings: { here: TenantContext; house: House; certificate?: string }; Variables: { nonce: string } }
export type HouseContext = Context<Env>

/** The path below the issuer: apps register `/oauth2/token`, wherever the tenant lives. For `new Hono<Env>({ getPath: pathBelowIssuer })`. */
export function pathBelowIssuer(
  request: Request,
  options?: { readonly env?: { readonly here?: Pick<TenantContext, 'basePath'> } },
): string {
  const url = request.url
  const start = url.indexOf('/', url.indexOf(':') + 4)
  const query = url.indexOf('?', start)
  const fragment = url.indexOf('#', start)
  const end = query === -1 ? (fragment === -1 ? url.length : fragment) : query
  const path = start === -1 ? '/' : url.slice(start, end)
  const below = path.slice(options?.env?.here?.basePath.length ?? 0)
  return below === '' ? '/' : below
}
