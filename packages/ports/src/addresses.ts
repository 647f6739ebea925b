/** Where tenants live. The issuer comes from here, never from a header that a stranger may set. */
export type Address = {
  readonly tenantId: string
  /** No trailing slash. */
  readonly issuer: string
  /** `scheme://host[:port]`. */
  readonly origin: string
  /** The issuer's path: `/t/main`, or empty where the tenant has a host of its own. */
  readonly basePath: string
  /** The tenant's own domain, where it is asked at one; undefined at the address that the house gives every tenant. */
  readonly domain: string | undefined
  /** The host where TLS asks browsers for a client certificate, the same for all tenants: nothing is there but the page that takes it. */
  readonly takesCertificates?: true
}

export interface Addresses {
  /** Of the host where browsers are asked for a client certificate, as `https://mtls.example.com`; tenants are below it by path, also those with a host of their own. Undefined: there is none. */
  readonly certificateOrigin: string | undefined
  /** Which tenant a request is for; says nothing of whether the tenant exists. */
  find(url: URL): Address | undefined | Promise<Address | undefined>
  /** The address that the house gives every tenant, for links in mails and between tenants. */
  of(tenantId: string): Address
  /** At a domain of the tenant's own; whose it is, the caller has asked the store. */
  at(tenantId: string, domain: string): Address
}

/** One that knows every address by itself, and asks no store. */
export type FixedAddresses = Omit<Addresses, 'find'> & { find(url: URL): Address | undefined }
