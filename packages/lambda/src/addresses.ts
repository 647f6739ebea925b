/** Where tenants live in the cloud: below the base domain each at a host of its own, else by path at the one host that there is (design, section 7). */
import { isTenantId } from '@gatehouse/core/ids.ts'
import type { Address, FixedAddresses } from '@gatehouse/ports/addresses.ts'

export type Place = {
  /** Where the house is reached; where there is no base domain, all tenants live there. */
  readonly origin: string
  readonly baseDomain: string | undefined
  /** Where browsers are asked for a client certificate: a stage with one host only has none to spare. */
  readonly certificateOrigin?: string | undefined
}

/** For background work, which no request tells where it is. */
export function cloudAddresses(place: Place): FixedAddresses {
  const { certificateOrigin } = place
  return { certificateOrigin, of: (tenantId) => addressOf(tenantId, place), find: (url) => findAddress(url, place), at: addressAt }
}

/** For one request: the front door has looked the host up, and says which tenant it is for. */
export function addressesAt(here: Address, { baseDomain, certificateOrigin }: Omit<Place, 'origin'>): FixedAddresses {
  const place = { origin: here.origin, baseDomain }
  const isGiven = here.domain === undefined && !here.takesCertificates
  return {
    certificateOrigin,
    of: (tenantId) => (isGiven && tenantId === here.tenantId ? here : addressOf(tenantId, place)),
    at: addressAt,
    find: ({ pathname }) =>
      here.basePath === '' || pathname === here.basePath || pathname.startsWith(`${here.basePath}/`) ? here : undefined,
  }
}

function addressOf(tenantId: string, { origin, baseDomain }: Place): Address {
  if (baseDomain === undefined)
    return { tenantId, issuer: `${origin}/t/${tenantId}`, origin, basePath: `/t/${tenantId}`, domain: undefined }
  const own = `https://${tenantId}.${baseDomain}`
  return { tenantId, issuer: own, origin: own, basePath: '', domain: undefined }
}

function addressAt(tenantId: string, domain: string): Address {
  const origin = `https://${domain}`
  return { tenantId, issuer: origin, origin, basePath: '', domain }
}

function findAddress(url: URL, place: Place): Address | undefined {
  const tenantId =
    place.baseDomain === undefined
      ? /^\/t\/([^/]+)(?:\/|$)/.exec(url.pathname)?.[1]
      : url.host.endsWith(`.${place.baseDomain}`)
        ? url.host.slice(0, -place.baseDomain.length - 1)
        : undefined
  if (tenantId === undefined || !isTenantId(tenantId)) return undefined
  const address = addressOf(tenantId, place)
  return address.origin === url.origin ? address : undefined
}
