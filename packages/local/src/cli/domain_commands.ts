/** `domain ...`: hosts of a tenant's own, added while the house runs, after proof by DNS. */
import { type Asked, exactly } from './command.ts'
import { openApi } from './management.ts'

type DnsRecord = { readonly type: string; readonly name: string; readonly value: string; readonly found?: boolean }
type Domain = {
  readonly host: string
  readonly issuer: string
  readonly state: string
  readonly because?: string
  readonly prove_until?: string
  readonly records?: readonly DnsRecord[]
}

export async function listDomains(asked: Asked): Promise<void> {
  exactly(asked.words, 0, 'domain list [--json]')
  const { client } = await openApi(asked)
  const { domains = [] } = (await client.get<{ domains: Domain[] }>('/domains')) ?? {}
  if (asked.flags.json) return asked.say(JSON.stringify(domains, undefined, 2))
  if (domains.length === 0) asked.say('no domain of its own; "domain add HOST" adds one')
  for (const domain of domains) asked.say(`${domain.host}  ${stateOf(domain)}  ${domain.issuer}`)
}

export async function addDomain(asked: Asked): Promise<void> {
  const [host = ''] = exactly(asked.words, 1, 'domain add HOST')
  const { client } = await openApi(asked)
  const domain = await client.send<Domain>('POST', '/domains', { host })
  tellRecords(asked, domain)
  asked.say(`then: domain verify ${domain.host}`)
}

export async function verifyDomain(asked: Asked): Promise<void> {
  const [host = ''] = exactly(asked.words, 1, 'domain verify HOST')
  const { client } = await openApi(asked)
  tellRecords(asked, await client.send<Domain>('POST', `${pathOf(host)}/verification`))
}

export async function removeDomain(asked: Asked): Promise<void> {
  const [host = ''] = exactly(asked.words, 1, 'domain remove HOST')
  const { client } = await openApi(asked)
  await client.send('DELETE', pathOf(host))
  asked.say(`removed ${host}: what was issued there ends`)
}

function tellRecords({ say }: Asked, domain: Domain): void {
  say(`${domain.host} is ${stateOf(domain)}`)
  for (const { type, name, value, found } of domain.records ?? [])
    say(`  ${type.padEnd(5)} ${name}  ${value}${found === undefined ? '' : found ? '  (found)' : '  (not found yet)'}`)
}

function stateOf({ state, because, prove_until }: Domain): string {
  const more = because ?? (prove_until === undefined ? undefined : `until ${prove_until}`)
  return `${state.replaceAll('_', ' ')}${more === undefined ? '' : ` (${more})`}`
}

function pathOf(host: string): string {
  return `/domains/${encodeURIComponent(host)}`
}
