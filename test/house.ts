/** A whole house that listens, as `npm start` runs it, on free ports and a data directory of its own. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseStartFlags } from '@gatehouse/local/flags.ts'
import type { OutboxMessage } from '@gatehouse/local/ports.ts'
import { type RunningHouse, runHouse } from '@gatehouse/local/running_house.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { freePort } from './free_port.ts'

export const ROOT = fileURLToPath(new URL('../', import.meta.url))

/** On whichever roof. */
export type House = {
  /** Tenant `main` from within. */
  readonly context: TenantContext
  readonly origin: string
  readonly samplesOrigin: string
  /** Where people of this machine read what was sent. */
  readonly inbox: string
  /** Of a certificate that no public authority signed, as Chromium is told to trust it (SHA-256 of the public key, base64). */
  readonly keyHash?: string
  issuer(tenant?: string): string
  /** Every mail and text message so far, oldest first, when all that has happened has had its consequences. */
  messages(to?: string): Promise<OutboxMessage[]>
  /** Stops it and removes what it kept. */
  stop(): Promise<void>
}

export type StartedHouse = House & { readonly running: RunningHouse }

export type HouseOptions = {
  /** A configuration (design, section 7) as a value; absent: the quick start's demo. */
  readonly seed?: unknown
  /** The demo's files in `packages/local/seed`, other than those of `npm start`. */
  readonly demo?: readonly string[]
  /** Kept when given, so that a second house can go on with it. */
  readonly data?: string
  readonly empty?: boolean
  readonly port?: number
  readonly samplesPort?: number
  readonly words?: readonly string[]
  /** `address:port`, in place of the system's. */
  readonly nameServers?: readonly string[]
}

export async function startHouse(options: HouseOptions = {}): Promise<StartedHouse> {
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'gatehouse-test-')))
  const [port, samplesPort] = [options.port ?? (await freePort()), options.samplesPort ?? (await freePort())]
  const words = [
    '--port',
    String(port),
    '--samples-port',
    String(samplesPort),
    '--data',
    data,
    ...(options.empty ? ['--empty'] : []),
    ...(options.words ?? []),
  ]
  if (options.seed !== undefined) {
    await writeFile(`${data}/seed.json`, JSON.stringify(options.seed))
    words.push('--seed', `${data}/seed.json`)
  }
  const flags = parseStartFlags(words, {})
  if (!flags) throw new Error('the flags asked for help')
  const { demo, nameServers } = options
  const running = await runHouse({ ...flags, root: ROOT, ...(demo ? { demo } : {}), ...(nameServers ? { nameServers } : {}) })
  return {
    running,
    context: running.local.context,
    origin: running.origin,
    samplesOrigin: running.samplesOrigin ?? '',
    inbox: `${running.origin}/_dev/inbox`,
    issuer: (tenant = 'main') => running.local.house.addresses.of(tenant).issuer,
    messages: async (to) => {
      await running.local.idle()
      const { messages } = running.local.outbox.list({ limit: 200, ...(to === undefined ? {} : { to }) })
      return [...messages].reverse()
    },
    stop: async () => {
      await running.stop()
      if (options.data === undefined) await rm(data, { recursive: true, force: true })
    },
  }
}
