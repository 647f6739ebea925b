/** The same plan for a house at another name: what CloudFront would call it is `localhost` and a port here, wherever the plan says it. */
import { type Plan, resourcesOf, textOf } from './resources.ts'

export function onThisMachine(plan: Plan, host: string): Plan {
  const names = resourcesOf(plan, 'distribution').map((distribution) => textOf(distribution, 'domainName'))
  const text = names.reduce((whole, name) => whole.replaceAll(name, host), JSON.stringify(plan))
  return JSON.parse(text) as Plan
}
