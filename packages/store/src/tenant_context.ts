/** What a room acts with, for one request to one tenant at one issuer. Every room function takes it first. */
import { LONGEST_CLIENT_ID } from '@gatehouse/core/application.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Place } from '@gatehouse/core/place.ts'
import type { Tenant } from '@gatehouse/core/tenant.ts'
import type { Address, Addresses } from '@gatehouse/ports/addresses.ts'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { DoorPorts } from '@gatehouse/ports/ports.ts'
import type { ApplicationWithSecrets } from './application.ts'
import { type Cached, openCached } from './cached.ts'
import type { Role } from './role.ts'
import type { SigningKey } from './signing_key.ts'
import type { Stores, TenantStores } from './stores.ts'

export type TenantContext = Pick<DoorPorts, 'clock' | 'random' | 'vault' | 'hasher' | 'egress' | 'places' | 'log' | 'scripts'> & {
  readonly tenant: Tenant
  /** From the address table, never from the Host header; no trailing slash. */
  readonly issuer: string
  /** `scheme://host[:port]`. */
  readonly origin: string
  /** The issuer's path: `/t/main`, or empty where the tenant has a host of its own. */
  readonly basePath: string
  readonly stores: TenantStores
  /** The tenant's own domain that the issuer stands at; undefined at the address that the house gives. */
  readonly domain: string | undefined
  /** Where browsers are asked for a client certificate; undefined: nowhere. */
  readonly certificateOrigin: string | undefined
  /** Who acts: network and browser from the door; user, session and client once they are known. */
  readonly actor: Actor
  /** Where the request came from, as the front door says; else ask `placeOf` (`identity/place.ts`), which looks the address up. */
  readonly saidPlace: Place | undefined
  readonly configuration: Configuration
}

/** Cached configuration of all tenants of this process. */
export type ConfigurationCache = {
  readonly tenants: Cached<Tenant | undefined>
  readonly applications: Cached<ApplicationWithSecrets | undefined>
  readonly signingKeys: Cached<SigningKey[]>
  readonly roles: Cached<Role[]>
}

export function openConfigurationCache(clock: Clock): ConfigurationCache {
  return { tenants: openCached(clock), applications: openCached(clock), signingKeys: openCached(clock), roles: openCached(clock) }
}

/** The cached configuration of one tenant, as one request sees it. */
export type Configuration = {
  /** An application belongs to one issuer; at another there is no such application. */
  findApplication(clientId: ClientId): Promise<ApplicationWithSecrets | undefined> | ApplicationWithSecrets | undefined
  /** Whichever issuer of the tenant it belongs to: for its name, and for what it is told at its own. */
  findApplicationAnywhere(clientId: ClientId): Promise<ApplicationWithSecrets | undefined> | ApplicationWithSecrets | undefined
  listSigningKeys(): Promise<SigningKey[]> | SigningKey[]
  listRoles(): Promise<Role[]> | Role[]
  /** After a change made by this request. */
  forgetApplication(clientId: ClientId): void
  forgetAll(): void
}

export function configurationOf(cache: ConfigurationCache, stores: TenantStores, domain?: string): Configuration {
  const name = (id: string) => `${stores.id}\n${id}`
  const anywhere: Configuration['findApplicationAnywhere'] = (clientId) =>
    // Strangers choose the text: a long one must not fill the cache.
    clientId.length > LONGEST_CLIENT_ID ? undefined : cache.applications.get(name(clientId), () => stores.applications.find(clientId))
  const ofThisIssuer = (found: ApplicationWithSecrets | undefined) => (found?.gatehouse_domain === domain ? found : undefined)
  return {
    findApplication(clientId) {
      const found = anywhere(clientId)
      return found instanceof Promise ? found.then(ofThisIssuer) : ofThisIssuer(found)
    },
    findApplicationAnywhere: anywhere,
    listSigningKeys: () => cache.signingKeys.get(stores.id, () => stores.signingKeys.list()),
    listRoles: () => cache.roles.get(stores.id, () => stores.roles.list()),
    forgetApplication: (clientId) => cache.applications.forget(name(clientId)),
    forgetAll: () => {
      cache.tenants.forget(stores.id)
      cache.signingKeys.forget(stores.id)
      cache.roles.forget(stores.id)
    },
  }
}

/** A context for an address; undefined when there is no such tenant or it is suspended. */
export async function openTenantContext(
  house: {
    readonly ports: DoorPorts
    readonly stores: Stores
    readonly cache: ConfigurationCache
    readonly addresses: Pick<Addresses, 'certificateOrigin'>
  },
  address: Address,
  actor: Actor,
  saidPlace?: Place,
): Promise<TenantContext | undefined> {
  const stores = house.stores.forTenant(address.tenantId)
  const tenant = await house.cache.tenants.get(address.tenantId, () => stores.tenant.find())
  if (!tenant?.active) return undefined
  const { clock, random, vault, hasher, egress, places, log, scripts } = house.ports
  return {
    clock,
    random,
    vault,
    hasher,
    egress,
    places,
    log,
    ...(scripts === undefined ? {} : { scripts }),
    tenant,
    saidPlace,
    stores,
    domain: address.domain,
    certificateOrigin: house.addresses.certificateOrigin,
    actor: address.domain === undefined ? actor : { ...actor, domain: address.domain },
    configuration: configurationOf(house.cache, stores, address.domain),
    issuer: address.issuer,
    origin: address.origin,
    basePath: address.basePath,
  }
}
