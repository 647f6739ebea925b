/** To whom goes what was asked for: for the relay, which alone knows whether there is such a person. Only to addresses and numbers that are theirs. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { isByCode, isByMail, recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import { primaryEmail, primaryPhoneNumber, type User } from '@gatehouse/core/user.ts'
import { addressOf } from '@gatehouse/core/user_name.ts'
import { findEmailHolding } from '@gatehouse/directory/email_owner.ts'
import { foldAddress } from '@gatehouse/store/keys.ts'
import type { Recovery } from '@gatehouse/store/recovery.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { mayBeRecovered } from './come_back.ts'
import { nowSeconds } from './interaction.ts'
import { recoveryCodeOf } from './recovery.ts'
import { askedReason, provenBeside, recoveryUrl, sealRecoveryLink } from './recovery_link.ts'

/** To one person, and to one address whosever it is. Few: each code is five guesses of a stranger, who needs nothing else for it. */
const PER_PERSON = [
  { name: 'recovery_person_hour', limit: 5, windowSeconds: 3600 },
  { name: 'recovery_person_day', limit: 10, windowSeconds: 86_400 },
] as const
const PER_ADDRESS = { name: 'recovery_address', limit: 10, windowSeconds: 3600 } as const

export type RecoveryDelivery = { readonly user: User; readonly address: string } & (
  | { readonly kind: 'link'; readonly url: string; readonly because: 'recovery' | 'no_password' }
  | { readonly kind: 'code'; readonly code: string }
  /** What only the owner of the mailbox is told. */
  | { readonly kind: 'refused'; readonly because: 'suspended' | 'second_factor' }
  | { readonly kind: 'names'; readonly names: readonly string[] }
)

/** Undefined: there is nobody, nowhere to write to, or they got enough. Once for an event, however often it is handled. */
export async function findRecoveryDelivery(ctx: TenantContext, event: HouseEvent): Promise<RecoveryDelivery | undefined> {
  const recovery = typeof event.data?.recovery === 'string' ? await ctx.stores.recoveries.find(event.data.recovery) : undefined
  if (!recovery || recovery.spentAt !== undefined || recovery.expiresAt <= nowSeconds(ctx)) return undefined
  const found = await (recovery.question.what === 'password' ? findPerson(ctx, recovery) : findNamed(ctx, recovery))
  if (!found || (await isEnough(ctx, event, recovery, found))) return undefined
  const { user, address } = found
  if (recovery.question.what === 'user_name') return { kind: 'names', user, address, names: found.names }
  if (!mayBeRecovered(ctx, user)) return { kind: 'refused', user, address, because: 'suspended' }
  if ((await provenBeside(ctx, user, address)) === 'impossible') return { kind: 'refused', user, address, because: 'second_factor' }
  const { way } = recovery.question
  const sent = ctx.stores.shelf.event('recovery.sent', { actor: event.actor, userId: user.id, data: { way } })
  if (!(await ctx.stores.recoveries.arm(recovery, user.id, address, sent))) return undefined
  if (isByCode(way)) return { kind: 'code', user, address, code: await recoveryCodeOf(ctx, recovery) }
  const record = await ctx.stores.users.findRecord(user.id, { consistent: true })
  if (!record) return undefined
  const because = askedReason(record)
  const token = await sealRecoveryLink(
    ctx,
    { record, because, address, interaction: recovery.interaction },
    recoveryPolicyOf(ctx.tenant).linkSeconds,
  )
  return { kind: 'link', user, address, because, url: recoveryUrl(ctx, token) }
}

type Found = { readonly user: User; readonly address: string; readonly names: readonly string[] }

/** Whoever proved an address comes before whoever has it as a name. */
async function findPerson(ctx: TenantContext, { question }: Recovery): Promise<Found | undefined> {
  if (question.what !== 'password') return undefined
  const owner = await findEmailOwner(ctx, question.typed)
  const named = owner ? undefined : await findByName(ctx, question.typed)
  const user = owner ?? named
  if (!user) return undefined
  const all = isByMail(question.way) ? user.emails : user.phoneNumbers
  const primary = isByMail(question.way) ? primaryEmail(user) : primaryPhoneNumber(user)
  const typed = all.find(({ value, verified }) => verified && foldAddress(value) === foldAddress(question.typed))
  const address = typed ?? (primary?.verified ? primary : all.find(({ verified }) => verified))
  return address && { user, address: address.value, names: [] }
}

async function findNamed(ctx: TenantContext, { question }: Recovery): Promise<Found | undefined> {
  if (question.what !== 'user_name') return undefined
  const { typed: address, way } = question
  const people = way === 'email' ? [await findEmailOwner(ctx, address)] : await findByNumber(ctx, address)
  const theirs = people.filter((user) => user !== undefined).filter((user) => mayBeRecovered(ctx, user))
  const [user] = theirs
  return user && { user, address, names: theirs.map(({ userName }) => userName) }
}

async function findEmailOwner(ctx: TenantContext, typed: string): Promise<User | undefined> {
  if (!typed.includes('@')) return undefined
  const owner = (await findEmailHolding(ctx, typed))?.owner
  return owner?.kind === 'user' ? owner.user : undefined
}

async function findByName(ctx: TenantContext, typed: string): Promise<User | undefined> {
  const addressed = addressOf(typed, ctx.tenant.id)
  return ctx.stores.users.findByName(addressed.kind === 'here' ? addressed.userName : typed)
}

async function findByNumber(ctx: TenantContext, number: string): Promise<User[]> {
  const ids = await ctx.stores.users.listNumberHolders(number)
  const people = await Promise.all(ids.map((id) => ctx.stores.users.find(id, { consistent: true })))
  return people.flatMap((user) => (user?.phoneNumbers.some(({ value, verified }) => verified && value === number) ? [user] : []))
}

/** A browser that the person has used before is counted apart, so that nobody elsewhere uses their messages up. */
async function isEnough(ctx: TenantContext, event: HouseEvent, { browser }: Recovery, { user, address }: Found): Promise<boolean> {
  const apart = browser?.userIds.includes(user.id) ? browser.id : ''
  const limits = [
    ...PER_PERSON.map((limit) => ({ ...limit, who: `${user.id}\n${apart}` })),
    { ...PER_ADDRESS, who: `${foldAddress(address)}\n${apart}` },
  ]
  return (await ctx.stores.rates.takeAll(event.id, limits)) !== undefined
}
