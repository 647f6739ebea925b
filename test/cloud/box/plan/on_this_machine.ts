/**
 * The same plan for a house on this machine, wherever the plan says a name of it: with a base domain that is `id.localhost` and a port, with tenants' hosts below
 * it; without one, what CloudFront would call the distribution is `localhost` and the port.
 */
import { fieldsOf, listOf, type Plan, resourcesOf, textOf } from './resources.ts'

export type OnThisMachine = {
  readonly plan: Plan
  /** Where the house is reached, with the port. */
  readonly host: string
  /** That a certificate must be for. */
  readonly hostNames: readonly string[]
}

/** Names that lead to this machine (RFC 6761 section 6.3). */
const BASE = 'id.localhost'

export function onThisMachine(plan: Plan, port: number): OnThisMachine {
  const distributions = resourcesOf(plan, 'distribution')
  const aliases = distributions.flatMap((distribution) => listOf(fieldsOf(distribution), 'aliases').map(String))
  const domain = aliases.find((name) => aliases.includes(`*.${name}`))
  const renamed = (names: readonly string[], host: string): Plan =>
    JSON.parse(names.reduce((whole, name) => whole.replaceAll(name, host), JSON.stringify(plan)))
  if (domain !== undefined) {
    const host = `${BASE}:${port}`
    return { plan: renamed([domain], host), host, hostNames: [BASE, `*.${BASE}`] }
  }
  const host = `localhost:${port}`
  return {
    plan: renamed(
      distributions.map((distribution) => textOf(distribution, 'domainName')),
      host,
    ),
    host,
    hostNames: ['localhost'],
  }
}
