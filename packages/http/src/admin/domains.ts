/**
 * Domains of a tenant's own, from the wish to the working host. Who controls the host's DNS decides whose it is: nothing is served before the record of the
 * tenant stands there, and a holder whose record is gone gives way to whoever's stands.
 */
import { challengeName, type Domain, MOST_DOMAINS, PROOF_MILLISECONDS, parseHost } from '@gatehouse/core/domain.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { DomainPorts } from '@gatehouse/ports/ports.ts'
import type { HostHolder } from '@gatehouse/store/domain.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type DnsRecord = { readonly type: 'TXT' | 'CNAME'; readonly name: string; readonly value: string }
/** `found`: as it was just looked up; absent where nobody looked. */
export type ShownRecord = DnsRecord & { readonly found?: boolean }
export type ShownDomain = { readonly domain: Domain; readonly records: readonly ShownRecord[] }

/** Each look costs answers of name servers, and calls to the cloud. */
const LOOKS = { name: 'domain_verification', limit: 60, windowSeconds: 3600 } as const

export async function addDomain(here: TenantContext, ports: DomainPorts, typed: string): Promise<ShownDomain> {
  const { host } = checkedHost(typed, ports)
  const now = here.clock.now()
  const domain: Domain = {
    host,
    state: { kind: 'waiting_for_proof', until: now + PROOF_MILLISECONDS },
    challenge: `gatehouse-domain=${here.random.token(24)}`,
    createdAt: now,
    version: 1,
  }
  await here.stores.domains.add(domain, MOST_DOMAINS, here.actor)
  return { domain, records: await recordsOf(domain, ports) }
}

export async function listDomains(here: TenantContext): Promise<Domain[]> {
  return Promise.all((await here.stores.domains.list()).map((domain) => asItStands(here, domain)))
}

export async function readDomain(here: TenantContext, ports: DomainPorts, typed: string): Promise<ShownDomain> {
  const domain = await asItStands(here, await loadDomain(here, typed, ports))
  return { domain, records: await recordsOf(domain, ports) }
}

/** Looks the records up and goes on from where the domain stands. To be repeated until it is active. */
export async function verifyDomain(here: TenantContext, ports: DomainPorts, typed: string): Promise<ShownDomain> {
  const domain = await asItStands(here, await loadDomain(here, typed, ports))
  const rate = await here.stores.rates.take(LOOKS, '')
  if (!rate.allowed) throw new IamError('too_many_requests', 'enough looks for this hour', { retryAfterSeconds: rate.retryAfterSeconds })
  const records = await lookUp(await recordsOf(domain, ports), ports)
  return { domain: await STEPS[domain.state.kind]({ here, ports, domain, records }), records }
}

/** The door first: what is left of it after a crash is still the tenant's, and can be removed again. */
export async function removeDomain(here: TenantContext, ports: DomainPorts, typed: string): Promise<void> {
  const domain = await loadDomain(here, typed, ports)
  const { domains } = here.stores
  if (await domains.isOurs(domain.host)) {
    await ports.frontDoor.remove(domain.host, here.tenant.id)
    await domains.release(domain.host)
  }
  await domains.remove(domain, here.actor)
}

type Step = {
  readonly here: TenantContext
  readonly ports: DomainPorts
  readonly domain: Domain
  readonly records: readonly ShownRecord[]
}

const STEPS: { readonly [K in Domain['state']['kind']]: (step: Step) => Promise<Domain> } = {
  waiting_for_proof: prove,
  failed: prove,
  creating: open,
  active: keep,
}

async function prove(step: Step): Promise<Domain> {
  const { here, ports, domain, records } = step
  if (domain.state.kind === 'waiting_for_proof' && domain.state.until <= here.clock.now())
    throw new IamError('gone', 'the time for the proof is over; remove the domain and add it again')
  if (!records.every(({ found }) => found)) return domain
  const claimed = await here.stores.domains.claim(domain, await findLapsedHolder(step), here.actor)
  if (claimed === false) throw new IamError('conflict', 'this host is another tenant’s, whose own record still stands')
  return open({ here, ports, domain: claimed, records })
}

/** A holder elsewhere whose record has gone from the host's DNS, while ours stands there. */
async function findLapsedHolder({ here, ports, domain }: Step): Promise<HostHolder | undefined> {
  const holder = await here.stores.domains.findHolder(domain.host)
  if (!holder || holder.tenantId === here.tenant.id) return undefined
  const texts = await ports.names.txt(challengeName(domain.host))
  return texts.includes(holder.challenge) ? undefined : holder
}

async function open({ here, ports, domain }: Step): Promise<Domain> {
  await ports.frontDoor.add(domain.host, here.tenant.id)
  const state = await ports.frontDoor.state(domain.host)
  if (state.kind === 'active' || state.kind === 'failed') return here.stores.domains.move(domain, state, here.actor)
  return domain
}

/** One that works is looked at again: where nothing of it leads here any more, it is served no longer. A record that is missing alone is shown, and no more. */
async function keep({ here, ports, domain, records }: Step): Promise<Domain> {
  if (records.some(({ found }) => found)) return domain
  await ports.frontDoor.remove(domain.host, here.tenant.id)
  await here.stores.domains.release(domain.host)
  return here.stores.domains.move(domain, { kind: 'failed', because: 'its records are gone' }, here.actor)
}

/** A host may have become another tenant's since. */
async function asItStands(here: TenantContext, domain: Domain): Promise<Domain> {
  const { kind } = domain.state
  if ((kind !== 'active' && kind !== 'creating') || (await here.stores.domains.isOurs(domain.host))) return domain
  return { ...domain, state: { kind: 'failed', because: 'another tenant has proved it since' } }
}

async function recordsOf({ host, challenge }: Domain, { frontDoor }: DomainPorts): Promise<DnsRecord[]> {
  const target = await frontDoor.findTarget()
  return [
    { type: 'TXT', name: challengeName(host), value: challenge },
    ...(target === undefined ? [] : [{ type: 'CNAME', name: host, value: target } as const]),
  ]
}

function lookUp(records: readonly DnsRecord[], { names }: DomainPorts): Promise<ShownRecord[]> {
  return Promise.all(
    records.map(async (record) => {
      const values = record.type === 'TXT' ? await names.txt(record.name) : await names.cname(record.name)
      return { ...record, found: values.includes(record.value) }
    }),
  )
}

async function loadDomain(here: TenantContext, typed: string, ports: DomainPorts): Promise<Domain> {
  const parsed = parseHost(typed, ports.taken)
  const found = 'host' in parsed ? await here.stores.domains.find(parsed.host) : undefined
  if (!found) throw new IamError('not_found', 'there is no such domain in this tenant')
  return found
}

const PROBLEMS = {
  not_a_host: 'a host such as login.acme.example: no wildcard, port, path or address of numbers',
  reserved: 'a host of your own: this one, or what it is below, belongs to the house or to nobody',
} as const

function checkedHost(typed: string, { taken }: DomainPorts): { readonly host: string } {
  const parsed = parseHost(typed, taken)
  if ('host' in parsed) return parsed
  throw new IamError('validation_failed', PROBLEMS[parsed.problem], { fields: { '/host': PROBLEMS[parsed.problem] } })
}
