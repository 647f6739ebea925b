/** What handlers act on: the ports, the stores and the address table of the whole house. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Addresses } from '@gatehouse/ports/addresses.ts'
import type { RelayPorts } from '@gatehouse/ports/ports.ts'
import type { Stores } from '@gatehouse/store/stores.ts'
import type { ConfigurationCache, TenantContext } from '@gatehouse/store/tenant_context.ts'

export type RelayHouse = {
  readonly ports: RelayPorts
  readonly stores: Stores
  readonly cache: ConfigurationCache
  readonly addresses: Addresses
  /** The domain that mails come from, where it is not the tenant's own host. */
  readonly mailDomain?: string
  /** Where an operator finds what was given up, and has it handled again. Absent: the log and the audit record tell of it. */
  readonly keepAside?: (event: HouseEvent, reason: unknown) => Promise<void>
}

/** One consequence of an event. Safe to repeat: by the event's id where it has an effect outside. */
export type Handler = (ctx: TenantContext, event: HouseEvent, house: RelayHouse) => Promise<void>
