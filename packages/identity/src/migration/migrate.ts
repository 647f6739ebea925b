/**
 * Brings a person over from the old system at their first sign-in. Asked for are names that nobody has here, and people who never had a password here; each ask
 * is a try of that name, counted before, and has a place in the minute of its network and of the tenant, so that the hook is no way round the old system's
 * own defence.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { MigratedPerson } from '@gatehouse/core/migrated_person.ts'
import { isMigrating } from '@gatehouse/core/migration_policy.ts'
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { User } from '@gatehouse/core/user.ts'
import { findUserNameProblem } from '@gatehouse/core/user_name.ts'
import { findEmailHolding } from '@gatehouse/directory/email_owner.ts'
import { createUser } from '@gatehouse/directory/users.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { askOldSystem } from './ask_old_system.ts'

const OF_A_NETWORK = { name: 'migration of a network', limit: 30, windowSeconds: 60 }
const OF_A_TENANT = { name: 'migration', limit: 600, windowSeconds: 60 }

export type Migrating = {
  readonly userName: string
  readonly password: string
  /** Who has the name here, without a password; undefined: nobody. */
  readonly user: User | undefined
}

/** The person as they are here from now on; undefined where nothing came of it. */
export async function migratePerson(ctx: TenantContext, { userName, password, user }: Migrating): Promise<User | undefined> {
  const policy = ctx.tenant.policies.migration
  if (!isMigrating(policy, ctx.clock.now()) || findUserNameProblem(userName) !== undefined) return undefined
  // One read in every case.
  if (!(await ctx.stores.users.neverHadPassword(user?.id ?? 'usr_nobody')) || user?.active === false) return undefined
  if (!(await mayAsk(ctx))) return undefined
  const person = await askOldSystem(ctx, policy, userName, password)
  if (person === undefined) return undefined
  try {
    return user === undefined ? await create(ctx, userName, password, person) : await giveFirstPassword(ctx, user, password)
  } catch (error) {
    if (!(error instanceof IamError) || (error.code !== 'conflict' && error.code !== 'validation_failed')) throw error
    const broughtOver = await findBroughtOver(ctx, userName, password)
    if (broughtOver !== undefined) return broughtOver
    // A group or a role is gone.
    ctx.log.write('warn', 'a person could not be brought over', { tenant: ctx.tenant.id, detail: error.description })
    return undefined
  }
}

async function mayAsk(ctx: TenantContext): Promise<boolean> {
  const places = [
    { limit: OF_A_NETWORK, who: networkOf(ctx.actor.ip) },
    { limit: OF_A_TENANT, who: '' },
  ]
  for (const { limit, who } of places) {
    const { allowed } = await ctx.stores.rates.take(limit, who)
    if (allowed) continue
    ctx.log.write('warn', 'the old system is not asked so often', { tenant: ctx.tenant.id, limit: limit.name })
    return false
  }
  return true
}

/** Person and hash in one transaction. An address that somebody here has proven stays theirs: it comes over unproven. */
async function create(ctx: TenantContext, userName: string, password: string, person: MigratedPerson): Promise<User> {
  const emails = await Promise.all(
    person.emails.map(async (email) => ({
      ...email,
      verified: email.verified && (await findEmailHolding(ctx, email.value))?.owner === undefined,
    })),
  )
  return createUser(ctx, { userName, password, ...person, emails }, { from: 'migration' })
}

/** By another sign-in with the same password, at the same time. */
async function findBroughtOver({ stores, hasher }: TenantContext, userName: string, password: string): Promise<User | undefined> {
  const user = await stores.users.findByName(userName)
  const hash = user && (await stores.users.findRecord(user.id, { consistent: true }))?.password?.hash
  return hash !== undefined && (await hasher.admit((verify) => verify(hash, password))) ? user : undefined
}

async function giveFirstPassword(ctx: TenantContext, user: User, password: string): Promise<User> {
  await ctx.stores.users.giveFirstPassword(user.id, await ctx.hasher.hash(password), ctx.actor)
  return user
}
