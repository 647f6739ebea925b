/** One origin, tenants by path: `{origin}/t/{tenant}` (design, section 7). The origin is the operator's word; the Host header is not asked. */
import { isTenantId } from '@gatehouse/core/ids.ts'
import type { Address, Addresses } from '@gatehouse/ports/addresses.ts'

export function pathAddresses(origin: string): Addresses {
  const known = new Map<string, Address>()
  const of = (tenantId: string): Address => {
    const basePath = `/t/${tenantId}`
    return { tenantId, issuer: origin + basePath, origin, basePath }
  }
  return {
    of,
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
