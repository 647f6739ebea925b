/** Networks that speak against whoever comes from them: those that the tenant wrote down, and a list that it follows. */
import { type AddressList, parseAddressList } from '@gatehouse/core/risk/address_list.ts'
import type { RiskPolicy } from '@gatehouse/core/risk/risk_policy.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from './house_memory.ts'

type Fetched = { readonly list: AddressList; readonly until: number }

const KEPT_SECONDS = 3600
/** A list that cannot be had is asked for again no sooner: its address must not slow down every sign-in. */
const RETRY_SECONDS = 300
const LARGEST_BYTES = 2_000_000
const PATIENCE_MILLISECONDS = 2_000
const MOST_LISTS = 50

const NOBODY = parseAddressList([])
const own = new WeakMap<readonly string[], AddressList>()
const fetchedLists = perHouse(() => bounded<Promise<Fetched>>(MOST_LISTS))

export async function isListed(ctx: TenantContext, { addresses, addressesUrl }: RiskPolicy): Promise<boolean> {
  const { ip } = ctx.actor
  return ownList(addresses).has(ip) || (addressesUrl !== undefined && (await followed(ctx, addressesUrl)).has(ip))
}

/** The policy is cached, and so is what was read of it. */
function ownList(addresses: readonly string[]): AddressList {
  const found = own.get(addresses) ?? parseAddressList(addresses)
  own.set(addresses, found)
  return found
}

async function followed(ctx: TenantContext, url: string): Promise<AddressList> {
  const lists = fetchedLists(ctx)
  const name = `${ctx.tenant.id} ${url}`
  const now = Math.floor(ctx.clock.now() / 1000)
  const before = await lists.get(name)
  if (before !== undefined && before.until > now) return before.list
  const fetching = fetchList(ctx, url, before?.list, now)
  lists.set(name, fetching)
  return (await fetching).list
}

/** Fails open, to the list as it was: an address that does not answer must not lock everybody out. The log says so. */
async function fetchList(ctx: TenantContext, url: string, before: AddressList | undefined, now: number): Promise<Fetched> {
  try {
    const request = { url, method: 'GET', maximumBytes: LARGEST_BYTES, timeoutMilliseconds: PATIENCE_MILLISECONDS } as const
    const { status, body } = await ctx.egress.send(request)
    if (status !== 200) throw new Error(`answered ${status}`)
    return { list: parseAddressList(body.split('\n')), until: now + KEPT_SECONDS }
  } catch (error) {
    ctx.log.write('warn', 'the list of addresses cannot be had', { tenant: ctx.tenant.id, url, error })
    return { list: before ?? NOBODY, until: now + RETRY_SECONDS }
  }
}
