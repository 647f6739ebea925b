/**
 * The password of a sign-in. A try is reserved by a write before anything is compared; a name that nobody has costs the same reads, the same write and the
 * same hash as one that somebody has, and is answered by the same sentence.
 */

import { type CaptchaPolicy, isCaptchaDue, SUSPICIOUS_NAME_FAILURES } from '@gatehouse/core/captcha.ts'
import type { RequestId, SessionId } from '@gatehouse/core/ids.ts'

import type { PasswordFacts } from '@gatehouse/core/interaction/interaction.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { SLIPS } from '@gatehouse/core/risk/signals/failed_tries.ts'

import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { TriesOf, TriesState } from '@gatehouse/store/tries.ts'
import type { KnownBrowser } from './known_browser.ts'
import { type Admitted, comparePassword, LONGEST_PASSWORD } from './password_comparison.ts'
import { passwordFactsOf } from './password_facts.ts'

export type PasswordAttempt = {
  readonly userName: string
  readonly password: string
  /** The session that a success would create: tries whose session came to be are forgiven. */
  readonly sessionId: SessionId
  readonly knownBrowser: KnownBrowser | undefined
  /** Asks for a check against programs where it is due and was not passed. */
  readonly captcha?: { readonly policy: CaptchaPolicy; readonly passed: boolean }
}

export type PasswordOutcome =
  | { readonly kind: 'right'; readonly user: User; readonly checked: PasswordFacts | undefined }
  /** Wrong name, wrong password, or anything else that a stranger should not tell from those. */
  | { readonly kind: 'wrong' /** Of the next try. */; readonly captchaDue: boolean }
  /** Nothing was compared, and no try spent. */
  | { readonly kind: 'captcha_due' }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }
  /** The password is right, but. */
  | { readonly kind: 'inactive' }
  | { readonly kind: 'waits_for_approval' }

/** Who waits for approval under a name: the hash of the password that they chose. */
export type FindPendingApplicant = (
  ctx: TenantContext,
  requestId: RequestId,
) => Promise<{ readonly passwordHash: string | undefined } | undefined>

type Account = {
  readonly hash: string | undefined
  readonly tries: TriesState | undefined
  readonly of: TriesOf
  /** The latest try that is known to have succeeded. */
  readonly succeeded?: SessionId | undefined
} & ({ readonly kind: 'user'; readonly user: User } | { readonly kind: 'pending' } | { readonly kind: 'nobody' })

/** Throws `unavailable` where too many wait for their comparison; no try is spent then. */
export async function checkPassword(
  ctx: TenantContext,
  attempt: PasswordAttempt,
  findPendingApplicant: FindPendingApplicant,
): Promise<PasswordOutcome> {
  const checked = await ctx.hasher.admit((verify, hash) => checkAdmitted(ctx, attempt, findPendingApplicant, { verify, hash }))
  if (checked.kind !== 'refused') return checked
  const { account, last, failures } = checked
  // Outside: whoever waits for another system holds no place among those who wait for a comparison.
  const migrated = await findMigrated(ctx, account, attempt)
  if (migrated !== undefined) return { kind: 'right', user: migrated, checked: await passwordFactsOf(ctx, attempt.password, async () => 0) }
  const facts = account.kind === 'user' ? { userId: account.user.id } : {}
  const event = ctx.stores.shelf.event(last ? 'sign_in.locked' : 'sign_in.failed', { actor: ctx.actor, ...facts })
  await ctx.stores.networkTries.count(networkOf(ctx.actor.ip), event)
  const { captcha } = attempt
  return { kind: 'wrong', captchaDue: captcha !== undefined && (await isDue(ctx, captcha.policy, account, failures + 1, 1)) }
}

/** Found in the old system, where the tenant has one and the name has no password here. */
async function findMigrated(ctx: TenantContext, account: Account, { userName, password }: PasswordAttempt): Promise<User | undefined> {
  if (ctx.tenant.policies.migration === undefined || account.hash !== undefined || account.kind === 'pending') return undefined
  if (password.length > LONGEST_PASSWORD) return undefined
  const { migratePerson } = await import('./migration/migrate.ts')
  const migrated = await migratePerson(ctx, { userName, password, user: account.kind === 'user' ? account.user : undefined })
  if (migrated !== undefined && account.kind === 'nobody') await ctx.stores.tries.forget(account.of)
  return migrated
}

/** `last`: the next try has to wait; `failures`: of the network, before. */
type Refused = { readonly kind: 'refused'; readonly account: Account; readonly last: boolean; readonly failures: number }

async function checkAdmitted(
  ctx: TenantContext,
  attempt: PasswordAttempt,
  findPendingApplicant: FindPendingApplicant,
  admitted: Admitted,
): Promise<PasswordOutcome | Refused> {
  const account = await findAccount(ctx, attempt, findPendingApplicant)
  const { delay, failures } = await ctx.stores.networkTries.find(networkOf(ctx.actor.ip))
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }
  const { captcha } = attempt
  if (captcha && !captcha.passed && (await isDue(ctx, captcha.policy, account, failures))) return { kind: 'captcha_due' }

  const reservation = await ctx.stores.tries.reserve(account.of, attempt.sessionId, account.tries, account.succeeded)
  if (reservation.kind === 'locked') return reservation

  const compared = await comparePassword(ctx, admitted, account.hash, attempt.password)
  if (!compared.right) return { kind: 'refused', account, last: reservation.lockedUntil > 0, failures }
  if (account.kind !== 'user') {
    await ctx.stores.tries.forget(account.of)
    return { kind: 'waits_for_approval' }
  }
  const { user, hash, tries, of, succeeded } = account
  if (!user.active) return { kind: 'inactive' }
  if (compared.renewed !== undefined && hash !== undefined) await ctx.stores.users.renewPassword(user.id, hash, compared.renewed, ctx.actor)
  // Of the tries as they were before this one.
  const failedTries = () => ctx.stores.tries.countFailures(of, tries, succeeded, SLIPS + 1)
  return { kind: 'right', user, checked: await passwordFactsOf(ctx, attempt.password, failedTries) }
}

async function findAccount(
  ctx: TenantContext,
  { userName, knownBrowser }: PasswordAttempt,
  findPendingApplicant: FindPendingApplicant,
): Promise<Account> {
  const holder = await ctx.stores.users.findNameHolder(userName)
  if (holder?.kind === 'user') {
    const signedInHere = knownBrowser?.people.find(({ userId }) => userId === holder.userId)
    const known = knownBrowser && signedInHere ? { knownBrowser: knownBrowser.id } : {}
    const record = await ctx.stores.users.findRecord(holder.userId, known)
    if (record) {
      const { user, password, tries } = record
      return { kind: 'user', user, hash: password?.hash, tries, of: { userId: user.id, ...known }, succeeded: signedInHere?.latest }
    }
  }
  const of: TriesOf = { nobody: userName }
  const tries = await ctx.stores.tries.find(of)
  if (holder?.kind !== 'pending') return { kind: 'nobody', hash: undefined, tries, of }
  const applicant = await findPendingApplicant(ctx, holder.requestId)
  return { kind: 'pending', hash: applicant?.passwordHash, tries, of }
}

/** `more`: failures that came after the account was read. */
async function isDue(ctx: TenantContext, policy: CaptchaPolicy, account: Account, networkFailures: number, more = 0): Promise<boolean> {
  const { of, tries, succeeded } = account
  const nameFailures = (await ctx.stores.tries.countFailures(of, tries, succeeded, SUSPICIOUS_NAME_FAILURES - more)) + more
  return isCaptchaDue(policy, { nameFailures, networkFailures, crowd: isCrowd(networkOf(ctx.actor.ip)) })
}
