/** Lets the world in by a tenant's own host: CloudFront's multi-tenant distribution in the cloud; locally the house itself. Every act may be repeated. */
export type HostState =
  | { readonly kind: 'absent' }
  /** A certificate is being issued, or the edge told. */
  | { readonly kind: 'creating' }
  | { readonly kind: 'active' }
  | { readonly kind: 'failed'; readonly because: string }

export interface FrontDoor {
  /** The name that a host's CNAME record has to lead to; undefined: where it leads is the operator's affair. */
  findTarget(): Promise<string | undefined>
  /** Begins to serve the host for this tenant, and for no other from now on. */
  add(host: string, tenantId: string): Promise<void>
  /** Looks, and goes on with what was begun. */
  state(host: string): Promise<HostState>
  /** Nobody is let in by it for this tenant any more when this resolves. Where it serves another by now, nothing is done. */
  remove(host: string, tenantId: string): Promise<void>
}
