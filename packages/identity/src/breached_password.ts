/**
 * Has a password been seen in a breach? The bundled list is asked by `core/password_policy.ts` always; this asks a service, where the tenant names one, by k-anonymity:
 * it learns the first five of the forty hex digits of the password's SHA-1, and answers with all that begin so. What it answers can refuse a password and nothing else.
 */
import { createHash } from 'node:crypto'
import { parseRange, type RangeAnswer } from '@gatehouse/core/breached_range.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from './house_memory.ts'
import { nowSeconds } from './interaction.ts'

export type Breach = 'breached' | 'clear' | 'unknown'

const PREFIX = 5
const TIMEOUT_MILLISECONDS = 1500
const MAXIMUM_BYTES = 262_144
const KEPT_SECONDS = 300
const HOUR = 3600

const memory = perHouse(() => bounded<{ readonly range: RangeAnswer; readonly until: number }>(40))

/** `clear` also where no service is named; `unknown`: it did not answer, which is recorded once an hour. */
export async function findBreach(ctx: TenantContext, password: string): Promise<Breach> {
  const { breached } = ctx.tenant.policies.password
  if (breached === undefined) return 'clear'
  // SHA-1 is the protocol's: it stands for nothing secret here, and is stored nowhere.
  const digest = createHash('sha1').update(password.normalize('NFC')).digest('hex').toUpperCase()
  const range = await rangeOf(ctx, breached.url, digest.slice(0, PREFIX))
  if (range === undefined) return 'unknown'
  return range.has(digest.slice(PREFIX)) ? 'breached' : 'clear'
}

/** After the right password was given: whoever's is known elsewhere must set a new one, where the tenant looks. Else the person as they were. */
export async function considerBreach(ctx: TenantContext, user: User, password: string): Promise<User> {
  if (user.passwordChange !== undefined || !(await isKnownElsewhere(ctx, password))) return user
  const { users } = ctx.stores
  const after: User = { ...user, passwordChange: 'breached' }
  try {
    return await users.update(user, after, 'user.password_change_required', { ...ctx.actor, userId: user.id }, [], { because: 'breached' })
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'conflict') throw error
    // Two windows at once: the other one's mark is as good.
    return (await users.find(user.id, { consistent: true })) ?? user
  }
}

async function isKnownElsewhere(ctx: TenantContext, password: string): Promise<boolean> {
  const { isCommonPassword } = await import('@gatehouse/core/common_passwords.ts')
  return isCommonPassword(password.normalize('NFKC').toLowerCase()) || (await findBreach(ctx, password)) === 'breached'
}

async function rangeOf(ctx: TenantContext, url: string, prefix: string): Promise<RangeAnswer | undefined> {
  const address = `${url.endsWith('/') ? url : `${url}/`}${prefix}`
  const known = memory(ctx).get(address)
  if (known && known.until > nowSeconds(ctx)) return known.range
  const range = await ask(ctx, address)
  if (range !== undefined) memory(ctx).set(address, { range, until: nowSeconds(ctx) + KEPT_SECONDS })
  return range
}

async function ask(ctx: TenantContext, url: string): Promise<RangeAnswer | undefined> {
  try {
    const { status, body } = await ctx.egress.send({
      url,
      method: 'GET',
      headers: { 'add-padding': 'true', accept: 'text/plain' },
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maximumBytes: MAXIMUM_BYTES,
    })
    const range = status === 200 ? parseRange(body) : undefined
    if (range === undefined) await recordFailure(ctx, status === 200 ? 'unreadable' : `status ${status}`)
    return range
  } catch (error) {
    if (!(error instanceof IamError)) throw error
    await recordFailure(ctx, error.code)
    return undefined
  }
}

/** Once an hour: an outage is one fact, not one for each password. */
async function recordFailure(ctx: TenantContext, failure: string): Promise<void> {
  const hour = Math.floor(nowSeconds(ctx) / HOUR)
  const event = ctx.stores.shelf.event('breach_check.failed', { actor: {}, data: { failure } })
  await ctx.stores.used.consume('breach_check', String(hour), (hour + 1) * HOUR, event)
}
