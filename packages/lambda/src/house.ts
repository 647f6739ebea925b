/** The house as the functions see it: stores, caches and addresses over their ports. */
import type { House } from '@gatehouse/http/house.ts'
import type { DoorPorts } from '@gatehouse/ports/ports.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { openConfigurationCache, openTenantContext, type TenantContext } from '@gatehouse/store/tenant_context.ts'
import { cloudAddresses, type Place } from './addresses.ts'

/** The tenant that the root's short addresses lead to, and whose administrators stand above all tenants. */
const DEFAULT_TENANT = 'main'

/** Without addresses: a door learns its own from each request. */
export function openHouse(ports: DoorPorts): Omit<House, 'addresses'> {
  return { ports, stores: openStores(ports), cache: openConfigurationCache(ports.clock), defaultTenant: DEFAULT_TENANT }
}

export function openBackgroundHouse(ports: DoorPorts, place: Place): House {
  return { ...openHouse(ports), addresses: cloudAddresses(place) }
}

/** A tenant for background work: nobody acts. Undefined when it is gone or suspended. */
export function contextOf(house: House, tenantId: string): Promise<TenantContext | undefined> {
  return openTenantContext(house, house.addresses.of(tenantId), {})
}
