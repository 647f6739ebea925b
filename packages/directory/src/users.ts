/** People as administrators write them: created, changed and removed, in the words of SCIM 2.0 (RFC 7643 section 4.1). */
import { IamError } from '@gatehouse/core/error.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { claimVouchedEmails } from './email_owner.ts'
import { groupIdsOf, roleIdsOf } from './roles.ts'

/** As it comes from outside, parsed; roles and groups by name. */
export type UserInput = {
  readonly userName: string
  readonly password?: string
  readonly active?: boolean
  readonly displayName?: string
  readonly nickName?: string
  readonly profileUrl?: string
  readonly locale?: string
  readonly timezone?: string
  readonly attributes?: Readonly<Record<string, string>>
  readonly name?: User['name']
  readonly emails?: readonly { readonly value: string; readonly primary?: boolean; readonly type?: string; readonly verified?: boolean }[]
  readonly phoneNumbers?: readonly {
    readonly value: string
    readonly primary?: boolean
    readonly type?: string
    readonly verified?: boolean
  }[]
  readonly roles?: readonly string[]
  readonly groups?: readonly string[]
}

export type Bringing = {
  /** Written with the person, or neither is. */
  readonly alongside?: readonly Write[]
  /** A hash that another system made, as it is stored. */
  readonly imported?: string | undefined
  /** Told by the event: nobody created them, they were brought over. */
  readonly from?: 'migration'
}

type Place = Pick<TenantContext, 'stores' | 'random' | 'actor' | 'clock' | 'hasher'>

/** Throws `conflict` when the name is taken, or an address that is vouched for is somebody else's. The password has passed the policy, or was excused from it, before. */
export async function createUser(ctx: Place, input: UserInput, { alongside = [], imported, from }: Bringing = {}): Promise<User> {
  const now = new Date(ctx.clock.now()).toISOString()
  const user: User = {
    id: `usr_${ctx.random.token(12)}`,
    userName: input.userName,
    active: input.active ?? true,
    name: input.name ?? {},
    ...optional(input),
    emails: withVerified(input.emails),
    phoneNumbers: withVerified(input.phoneNumbers),
    roles: await roleIdsOf(ctx, input.roles ?? []),
    groups: await groupIdsOf(ctx, input.groups ?? []),
    securityEpoch: 0,
    createdAt: now,
    updatedAt: now,
    version: 1,
  }
  const hash = input.password === undefined ? imported : await ctx.hasher.hash(input.password)
  await claimVouchedEmails(ctx, user)
  await ctx.stores.users.create(user, hash, { actor: ctx.actor, ...(from === undefined ? {} : { from }) }, alongside)
  return user
}

/** Fields that the input names replace what is there; the rest stays. Suspending raises the security epoch: what was issued before ends. */
export async function changeUser(ctx: Place, before: User, input: Partial<UserInput>): Promise<User> {
  const active = input.active ?? before.active
  const { suspendedBecause, ...rest } = before
  const after: User = {
    ...rest,
    // Whoever suspends or activates somebody takes the decision over.
    ...(input.active === undefined && suspendedBecause !== undefined ? { suspendedBecause } : {}),
    ...optional(input),
    active,
    name: input.name ?? before.name,
    emails: input.emails ? withVerified(input.emails, before.emails) : before.emails,
    phoneNumbers: input.phoneNumbers ? withVerified(input.phoneNumbers, before.phoneNumbers) : before.phoneNumbers,
    roles: input.roles ? await roleIdsOf(ctx, input.roles) : before.roles,
    groups: input.groups ? await groupIdsOf(ctx, input.groups) : before.groups,
    securityEpoch: before.active && !active ? before.securityEpoch + 1 : before.securityEpoch,
  }
  const kind =
    before.active !== active
      ? active
        ? 'user.activated'
        : 'user.suspended'
      : rolesDiffer(before, after)
        ? 'user.roles_changed'
        : 'user.updated'
  if (input.emails) await claimVouchedEmails(ctx, after)
  return ctx.stores.users.update(before, after, kind, ctx.actor)
}

export async function loadUser(ctx: Place, id: User['id']): Promise<User> {
  const user = await ctx.stores.users.find(id, { consistent: true })
  if (!user) throw new IamError('not_found', `there is no person with the id ${id}`)
  return user
}

function optional(input: Partial<UserInput>) {
  const { displayName, nickName, profileUrl, locale, timezone, attributes } = input
  return Object.fromEntries(
    Object.entries({ displayName, nickName, profileUrl, locale, timezone, attributes }).filter(([, value]) => value !== undefined),
  )
}

/** An address keeps what was proved about it; a new one is unverified unless an administrator vouches for it. */
function withVerified<T extends { readonly value: string; readonly verified?: boolean }>(
  given: readonly T[] | undefined,
  before: readonly { readonly value: string; readonly verified: boolean }[] = [],
): (T & { verified: boolean })[] {
  return (given ?? []).map((one) => ({
    ...one,
    verified: one.verified ?? before.find((old) => old.value === one.value)?.verified ?? false,
  }))
}

function rolesDiffer(before: User, after: User): boolean {
  return [...before.roles, '|', ...before.groups].join() !== [...after.roles, '|', ...after.groups].join()
}
