/** The only file of this roof that names adapters: every port of the house, filled for one process. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openArgon2 } from '@gatehouse/adapters/argon2/open_argon2.ts'
import { openAslWorkflow } from '@gatehouse/adapters/asl/open_asl_workflow.ts'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import { openNames } from '@gatehouse/adapters/dns/open_names.ts'
import { openEgress } from '@gatehouse/adapters/egress/open_egress.ts'
import { ownFrontDoor } from '@gatehouse/adapters/front_door/own_front_door.ts'
import { openKeyfile } from '@gatehouse/adapters/keyfile/open_keyfile.ts'
import { openLog } from '@gatehouse/adapters/log/open_log.ts'
import { type Outbox, openOutbox } from '@gatehouse/adapters/outbox/open_outbox.ts'
import { openMmdbPlaces } from '@gatehouse/adapters/places/open_mmdb_places.ts'
import { systemRandom } from '@gatehouse/adapters/random/system.ts'
import { openScriptThreads } from '@gatehouse/adapters/script_threads/open_script_threads.ts'
import { openSqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import type { DomainPorts, Ports } from '@gatehouse/ports/ports.ts'
import type { Workflow, WorkflowTask } from '@gatehouse/ports/workflow.ts'
import definition from '@gatehouse/workflow/approval.asl.json' with { type: 'json' }

export type { OutboxMessage } from '@gatehouse/adapters/outbox/open_outbox.ts'
export type { Outbox }

/** Which network is in which country: of the registries' own records, in the public domain (CC0). */
const COUNTRIES = '@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb'

/** What runs adaptive scripts, in the threads that it is loaded in: there is one process for everybody here. */
const SCRIPT_ENGINE = '@gatehouse/policy/script/sandbox.ts'

export type LocalPortsOptions = {
  readonly data: string
  readonly allowedLoopbackPorts: readonly number[]
  readonly hasher?: PasswordHasher
  /** `address:port` of name servers, in place of the system's. */
  readonly nameServers?: readonly string[]
  /** A database of places, in MaxMind's format. Absent: the countries that came with the house. */
  readonly places?: string
}
export type LocalPorts = {
  readonly ports: Ports
  readonly domains: Omit<DomainPorts, 'taken'>
  readonly outbox: Outbox
  close(): Promise<void>
}

/** `taskFor` makes what the state machine calls back; it is given the workflow so that a task can wake another. */
export async function openLocalPorts(options: LocalPortsOptions, taskFor: (workflow: Workflow) => WorkflowTask): Promise<LocalPorts> {
  mkdirSync(options.data, { recursive: true, mode: 0o700 })
  const clock = systemClock
  const { table, stream, close } = openSqliteTable({ file: join(options.data, 'house.sqlite'), clock })
  const log = openLog({ file: join(options.data, 'log', 'house.jsonl'), clock, show: (line) => process.stderr.write(`${line}\n`) })
  const outbox = openOutbox({ file: join(options.data, 'outbox.sqlite'), clock })
  // The adapter's own tests open it with a look at it, those of the plan what AWS gets of it.
  const workflow = openAslWorkflow({ definition, isKnownToBeValid: true, task: (name, input) => task(name, input), clock, log })
  const task = taskFor(workflow)
  const scripts = openScriptThreads({ engine: import.meta.resolve(SCRIPT_ENGINE) })
  const ports: Ports = {
    table,
    stream,
    clock,
    random: systemRandom,
    vault: openKeyfile(join(options.data, 'house.key')),
    hasher: options.hasher ?? openArgon2(),
    egress: openEgress({ allowedLoopbackPorts: options.allowedLoopbackPorts }),
    places: openMmdbPlaces(options.places ?? fileURLToPath(import.meta.resolve(COUNTRIES))),
    mailer: outbox.mailer,
    texter: outbox.texter,
    workflow,
    log,
    scripts,
  }
  return {
    ports,
    domains: { names: openNames(options.nameServers ? { servers: options.nameServers } : {}), frontDoor: ownFrontDoor },
    outbox,
    close: async () => {
      await workflow.stop()
      await scripts.close()
      outbox.close()
      close()
      log.close()
    },
  }
}
