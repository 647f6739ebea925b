/** Whether there is a tenant or a user name: told to strangers where they need it, and counted, so that nobody learns them all. */
import { IamError } from '@gatehouse/core/error.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { mayBeTenant } from '@gatehouse/core/user_name.ts'
import type { RateLimit } from '@gatehouse/store/rate.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { NameHolder } from '@gatehouse/store/user.ts'
import type { HouseContext } from './house.ts'

const WINDOW_SECONDS = 300
const LOOK_UPS_PER_NETWORK = 60
const LOOK_UPS_PER_CROWD = 2000

/** Throws `too_many_requests`. */
export async function lookUpTenant(c: HouseContext, tenant: string): Promise<boolean> {
  if (!mayBeTenant(tenant)) return false
  await takePlace(c.env.here)
  const { house } = c.env
  return (await house.cache.tenants.get(tenant, () => house.stores.forTenant(tenant).tenant.find()))?.active === true
}

/** Throws `too_many_requests`. */
export async function lookUpName(here: TenantContext, userName: string): Promise<NameHolder | undefined> {
  await takePlace(here)
  return here.stores.users.findNameHolder(userName)
}

async function takePlace(here: TenantContext): Promise<void> {
  const network = networkOf(here.actor.ip)
  const answer = await here.stores.rates.take(limitOf(network), network)
  if (answer.allowed) return
  throw new IamError('too_many_requests', 'too many names were tried from this network; wait a little', {
    retryAfterSeconds: answer.retryAfterSeconds,
  })
}

/** Of this network, in the present window. Reads only. */
export function countLookUps(here: TenantContext): Promise<number> {
  const network = networkOf(here.actor.ip)
  return here.stores.rates.count(limitOf(network), network)
}

function limitOf(network: string): RateLimit {
  return { name: 'look_up', limit: isCrowd(network) ? LOOK_UPS_PER_CROWD : LOOK_UPS_PER_NETWORK, windowSeconds: WINDOW_SECONDS }
}
