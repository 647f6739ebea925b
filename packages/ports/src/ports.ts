/** Everything that a roof provides. `lambda/src/ports.ts` and `local/src/ports.ts` are the only files that fill it with adapters. */
import type { Clock } from './clock.ts'
import type { Egress } from './egress.ts'
import type { FrontDoor } from './front_door.ts'
import type { KeyVault } from './key_vault.ts'
import type { Log } from './log.ts'
import type { Mailer } from './mailer.ts'
import type { Names } from './names.ts'
import type { PasswordHasher } from './password_hasher.ts'
import type { Places } from './places.ts'
import type { Random } from './random.ts'
import type { ScriptEngine } from './script_engine.ts'
import type { Stream } from './stream.ts'
import type { Table } from './table.ts'
import type { Texter } from './texter.ts'
import type { Workflow } from './workflow.ts'

/** What answers a request. A function of the cloud is given these and may do nothing else. */
export type DoorPorts = {
  readonly table: Table
  readonly clock: Clock
  readonly random: Random
  readonly vault: KeyVault
  readonly hasher: PasswordHasher
  readonly egress: Egress
  readonly places: Places
  readonly log: Log
  /** Absent: scripts run in the thread that asks, as where a process answers one request at a time. */
  readonly scripts?: ScriptEngine
}

/** What it takes to give tenants domains of their own. */
export type DomainPorts = {
  readonly names: Names
  readonly frontDoor: FrontDoor
  /** The house's own names: neither they nor anything below them is a tenant's. */
  readonly taken: readonly string[]
}

/** What the consequences of an event need, too. */
export type RelayPorts = DoorPorts & {
  readonly mailer: Mailer
  readonly texter: Texter
  readonly workflow: Workflow
}

export type Ports = RelayPorts & { readonly stream: Stream }
