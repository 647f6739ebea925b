/** The whole house in one process: ports, apps, relay and workflow over one data directory. What `npm start`, the quick start, the tests and the bench run. */

import { join } from 'node:path'
import { ensureDefaultTenant } from '@gatehouse/http/admin/ensure_default_tenant.ts'
import { allApps } from '@gatehouse/http/all_apps.ts'
import { findAsset } from '@gatehouse/http/authorize/assets.ts'
import { checkHouse } from '@gatehouse/http/check_house.ts'
import { openFront, type Peer } from '@gatehouse/http/front.ts'
import type { House } from '@gatehouse/http/house.ts'
import { notFoundPage } from '@gatehouse/http/not_found.ts'
import { sendLateLogouts } from '@gatehouse/identity/backchannel_logout.ts'
import { sweepExpiringPasswords } from '@gatehouse/identity/expiring_passwords.ts'
import { sweepIdle } from '@gatehouse/identity/idle_accounts.ts'
import { createFirstInvitation } from '@gatehouse/identity/invitation.ts'
import { openCarrier } from '@gatehouse/messaging/carrier.ts'
import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import { follow } from '@gatehouse/relay/follow.ts'
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { openCached } from '@gatehouse/store/cached.ts'
import { openStores } from '@gatehouse/store/stores.ts'
import { openConfigurationCache, openTenantContext, type TenantContext } from '@gatehouse/store/tenant_context.ts'
import { sweepRequests } from '@gatehouse/workflow/sweep.ts'
import { approvalTasks } from '@gatehouse/workflow/tasks/approval_tasks.ts'
import { localAddresses } from './addresses.ts'
import { deadLetterFile } from './dead_letters.ts'
import { devInbox } from './dev_inbox.ts'
import { every } from './every.ts'
import type { Operate } from './operate.ts'
import { portalFiles } from './portal_files.ts'
import { type Outbox, openLocalPorts } from './ports.ts'
import { isBelowTenants, rootRedirect, withoutInsertedPath } from './root.ts'

export type LocalHouseOptions = {
  readonly data: string
  /** Issuers are `{origin}/t/{tenant}`. */
  readonly origin: string
  /** Where TLS asks for client certificates; absent: nowhere. */
  readonly certificateOrigin?: string | undefined
  /** Reached from this machine alone: the development inbox exists. */
  readonly loopback: boolean
  /** See `House`. */
  readonly excuseWeakPassword?: () => void
  /** Loopback ports that the house may send requests to (back-channel logout of the samples). */
  readonly allowedLoopbackPorts: readonly number[]
  /** Folder of My Account's build. */
  readonly portal: string
  /** In place of Argon2id; for the bench, which measures the house without its hash. */
  readonly hasher?: PasswordHasher
  /** `address:port` of name servers that domains of tenants are looked up at, in place of the system's. */
  readonly nameServers?: readonly string[]
  /** A database of places, in MaxMind's format, in place of the house's own of countries. */
  readonly places?: string
}

export type LocalHouse = {
  readonly house: House
  readonly context: TenantContext
  /** What was sent. */
  readonly outbox: Outbox
  readonly fetch: (request: Request, peer: Peer) => Promise<Response>
  /** What an operator may ask of it, beside the management API. */
  readonly operate: Operate
  /** Resolves when everything that has happened so far has had its consequences. */
  idle(): Promise<void>
  close(): Promise<void>
}

const SWEEP_MILLISECONDS = 60_000
/** The outbox answers at once; what was claimed by a process that was killed is due again when the relay tries for the third time. */
const SENDING_LEASE_MILLISECONDS = 1_000

/** Throws `DataDirectoryInUse` when another process has the directory. */
export async function openLocalHouse(options: LocalHouseOptions): Promise<LocalHouse> {
  const contextOf = (tenantId: string): Promise<TenantContext | undefined> => openTenantContext(house, house.addresses.of(tenantId), {})
  const opened = await openLocalPorts(options, (workflow) =>
    approvalTasks({ contextOf, signal: (token, output) => workflow.signal(token, output) }),
  )
  const { ports } = opened
  const stores = openStores(ports)
  const hosts = openCached<string | undefined>(ports.clock)
  const house: House = {
    ports,
    stores,
    cache: openConfigurationCache(ports.clock),
    addresses: localAddresses({
      origin: options.origin,
      certificateOrigin: options.certificateOrigin,
      findTenantOfHost: (host) => hosts.get(host, async () => (await stores.findHostHolder(host))?.tenantId),
    }),
    defaultTenant: 'main',
    ...(options.excuseWeakPassword ? { excuseWeakPassword: options.excuseWeakPassword } : {}),
    portal: portalFiles(options.portal),
    domains: { ...opened.domains, taken: [new URL(options.origin).hostname] },
  }
  const ctx = await ensureDefaultTenant(house)
  const carrier = openCarrier(
    // Nothing is paid for here: the tenant's own list and limits are enough.
    { stores: house.stores, cache: house.cache, log: ports.log, leaseMilliseconds: SENDING_LEASE_MILLISECONDS, textCountries: 'every' },
    ports,
  )

  const deadLetters = deadLetterFile(join(options.data, 'dead_letters.jsonl'))
  const handle = openHandlers({ ...house, ports: { ...ports, ...carrier }, keepAside: deadLetters.keep })
  const follower = follow({
    stream: ports.stream,
    log: ports.log,
    handle,
    giveUp: deadLetters.keep,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  })
  const inAllTenants = async (work: (there: TenantContext) => Promise<unknown>): Promise<void> => {
    for (const { id } of (await ctx.stores.tenant.list(200)).tenants) {
      const there = await contextOf(id)
      if (there) await work(there)
    }
  }
  const sweep = () => inAllTenants((there) => sweepRequests(there, ports.workflow))
  await sweep()
  const clocks = [
    every(SWEEP_MILLISECONDS, sweep, ports.log, 'requests could not be swept'),
    every(SWEEP_MILLISECONDS, () => inAllTenants(sendLateLogouts), ports.log, 'late logouts could not be sent'),
    every(SWEEP_MILLISECONDS, () => inAllTenants(sweepIdle), ports.log, 'idle accounts could not be swept'),
    every(SWEEP_MILLISECONDS, () => inAllTenants(sweepExpiringPasswords), ports.log, 'old passwords could not be told of'),
  ]

  const inbox = options.loopback ? devInbox(opened.outbox, options.origin, ports.random) : undefined
  const front = openFront(house, allApps(), notFoundPage(ports.random, `${ctx.basePath}/account`))
  return {
    house,
    context: ctx,
    outbox: opened.outbox,
    fetch: async (request, peer) => {
      if (isBelowTenants(request)) return front(request, peer)
      const url = new URL(request.url)
      const asset = findAsset(url.pathname)
      if (asset) return asset
      // At a domain of its own the root is the tenant's.
      if ((await house.addresses.find(url))?.domain !== undefined) return rootRedirect(request, '') ?? front(request, peer)
      return (await inbox?.(request)) ?? rootRedirect(request, ctx.basePath) ?? front(withoutInsertedPath(request), peer)
    },
    operate: async (operation) => {
      if ('replay' in operation) return deadLetters.replay(Date.parse(operation.replay.from), handle)
      if (operation.action === 'check') return checkHouse(house)
      const link = await createFirstInvitation(ctx)
      return link === undefined ? { refused: 'there is an administrator already' } : { link }
    },
    idle: () => follower.idle(),
    close: async () => {
      await Promise.all(clocks.map((clock) => clock.stop()))
      await follower.stop()
      await opened.close()
    },
  }
}
