/**
 * One origin, tenants by path: `{origin}/t/{tenant}` (design, section 7). The origin is the operator's word; the Host header is not asked, but for this: a
 * host that a tenant has proved to be its own is that tenant's, whole. Client certificates are shown at an origin of their own.
 */
import { isTenantId } from '@gatehouse/core/ids.ts'
import type { Address, Addresses, FixedAddresses } from '@gatehouse/ports/addresses.ts'

export type LocalAddressOptions = {
  readonly origin: string
  /** Where TLS asks for client certificates; absent: nowhere. */
  readonly certificateOrigin?: string | undefined
  /** Whose host is this? From a cache, mostly. */
  readonly findTenantOfHost: (host: string) => Promise<string | undefined> | string | undefined
}

/** RFC 1035 section 2.3.4. What is longer is nobody's, and is not remembered. */
const LONGEST_HOST = 253

export function localAddresses({ origin, certificateOrigin, findTenantOfHost }: LocalAddressOptions): Addresses {
  const own = new URL(origin)
  const certificates = certificateOrigin === undefined ? undefined : pathAddresses(certificateOrigin)
  const byPath = pathAddresses(origin)
  /** Scheme and port are those that the house itself is reached at. */
  const at = (tenantId: string, domain: string): Address => {
    const its = `${own.protocol}//${domain}${own.port === '' ? '' : `:${own.port}`}`
    return { tenantId, issuer: its, origin: its, basePath: '', domain }
  }
  const found = (tenantId: string | undefined, url: URL) => (tenantId === undefined ? byPath.find(url) : at(tenantId, url.hostname))
  return {
    certificateOrigin,
    of: byPath.of,
    at,
    find(url) {
      if (url.origin === certificateOrigin) return takingCertificates(certificates?.find(url))
      if (url.hostname === own.hostname || !isName(url.hostname)) return byPath.find(url)
      const asked = findTenantOfHost(url.hostname)
      return asked instanceof Promise ? asked.then((tenantId) => found(tenantId, url)) : found(asked, url)
    },
  }
}

function takingCertificates(address: Address | undefined): Address | undefined {
  return address && { ...address, takesCertificates: true }
}

/** No host is a tenant's own, and certificates are shown nowhere. */
export function pathAddresses(origin: string): FixedAddresses {
  const known = new Map<string, Address>()
  const of = (tenantId: string): Address => {
    const basePath = `/t/${tenantId}`
    return { tenantId, issuer: origin + basePath, origin, basePath, domain: undefined }
  }
  return {
    certificateOrigin: undefined,
    of,
    at: (tenantId) => of(tenantId),
    find(url) {
      const tenantId = /^\/t\/([^/]+)(?:\/|$)/.exec(url.pathname)?.[1]
      if (tenantId === undefined || !isTenantId(tenantId)) return undefined
      const address = known.get(tenantId) ?? of(tenantId)
      // Bounded: strangers choose the paths.
      if (known.size < 1000) known.set(tenantId, address)
      return address
    },
  }
}

/** Not `localhost`, and no address of numbers. */
function isName(hostname: string): boolean {
  return hostname.length <= LONGEST_HOST && hostname.includes('.') && !/[\d:\]]$/.test(hostname)
}
