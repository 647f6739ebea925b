/** Where tenants live. The issuer comes from here, never from a header that a stranger may set. */
export type Address = {
  readonly tenantId: string
  /** No trailing slash. */
  readonly issuer: string
  /** `scheme://host[:port]`. */
  readonly origin: string
  /** The issuer's path: `/t/main`, or empty where the tenant has a host of its own. */
  readonly basePath: string
}

export interface Addresses {
  /** Which tenant a request is for; says nothing of whether the tenant exists. */
  find(url: URL): Address | undefined
  /** The tenant's own address, for links in mails and between tenants. */
  of(tenantId: string): Address
}
