/** What the risk of a request is before anybody says who they are: by its network, its browser, and the habits of whoever used that browser last. Reads only. */
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { assess, type Risk } from '@gatehouse/core/risk/assess.ts'
import { factsOfRequest } from '@gatehouse/core/risk/request.ts'
import { deviceName } from '@gatehouse/core/user_agent.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import type { KnownBrowser } from './known_browser.ts'
import { placeOf } from './place.ts'
import { isListed } from './risk_addresses.ts'

/** Undefined where the tenant does not look at risk. */
export async function judgeRequest(ctx: TenantContext, browser: KnownBrowser | undefined): Promise<Risk | undefined> {
  const policy = ctx.tenant.policies.risk
  if (policy === undefined) return undefined
  const { weights, kilometresPerHour } = policy
  const network = networkOf(ctx.actor.ip)
  const [latest] = browser?.people ?? []
  const [history, place, listed, tries, newcomers] = await Promise.all([
    latest && ctx.stores.risk.findHistory(latest.userId),
    placeOf(ctx),
    weights.listed_address > 0 && isListed(ctx, policy),
    weights.failed_tries > 0 ? ctx.stores.networkTries.find(network) : { failures: 0 },
    weights.network_velocity > 0 ? ctx.stores.risk.countNewcomers(network) : 0,
  ])
  return assess(
    factsOfRequest({
      at: nowSeconds(ctx),
      place,
      device: {
        id: browser === undefined ? undefined : hashOf(browser.id, 11),
        name: deviceName(ctx.actor.userAgent ?? ''),
        known: latest !== undefined,
      },
      history,
      listed,
      networkFailures: tries.failures,
      crowd: isCrowd(network),
      newcomers,
      kilometresPerHour,
    }),
    policy,
  )
}
