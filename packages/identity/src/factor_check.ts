/**
 * A further factor of a sign-in. As with passwords, a try is reserved by a write before anything is compared, per person and factor, and a browser that the
 * person used before has tries of its own: codes are not guessed across interactions, sessions or networks.
 */
import type { Credential } from '@gatehouse/core/credential.ts'
import type { SessionId } from '@gatehouse/core/ids.ts'
import { networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { TriesOf } from '@gatehouse/store/tries.ts'
import type { CheckOutcome, FactorUse, RightOutcome, Use, WrongOutcome } from './factors/factor_use.ts'
import { factorUseOf } from './factors/factors.ts'

export type FactorAttempt = Use<Credential> & {
  readonly text: string
  /** The session that a success leads to: tries whose session came to be are forgiven. */
  readonly sessionId: SessionId
  /** The latest of the person's that is known to have come to be. */
  readonly latest: SessionId | undefined
}

/** `right`: what it proved, and by which credential. */
export type FactorOutcome =
  | RightOutcome
  | WrongOutcome
  | { readonly kind: Exclude<CheckOutcome, 'right'> }
  | { readonly kind: 'locked'; readonly retryAfterSeconds: number }

export async function checkFactor(ctx: TenantContext, attempt: FactorAttempt): Promise<FactorOutcome> {
  const { user, credential, knownBrowser, latest } = attempt
  const row = factorUseOf(credential)
  if (row.nothingToGuess) return outcomeOf(credential, await row.check(ctx, attempt, attempt.text))
  const network = networkOf(ctx.actor.ip)
  const delay = await ctx.stores.networkTries.findDelay(network)
  if (delay > 0) return { kind: 'locked', retryAfterSeconds: delay }

  const of: TriesOf = { userId: user.id, factor: credential.kind, ...(knownBrowser === undefined ? {} : { knownBrowser }) }
  const reservation = await ctx.stores.tries.reserve(of, attempt.sessionId, await ctx.stores.tries.find(of), latest)
  if (reservation.kind === 'locked') return reservation

  const outcome = outcomeOf(credential, await row.check(ctx, attempt, attempt.text))
  if (outcome.kind === 'right') return outcome
  const kind = reservation.lockedUntil > 0 ? 'sign_in.locked' : 'sign_in.failed'
  const event = ctx.stores.shelf.event(kind, { actor: ctx.actor, userId: user.id, data: { factor: credential.kind, ...whyOf(outcome) } })
  await ctx.stores.networkTries.count(network, event)
  return outcome
}

function whyOf(outcome: FactorOutcome): { readonly because?: string; readonly said?: string } {
  if (outcome.kind !== 'wrong' || !('because' in outcome)) return {}
  const { because, said } = outcome
  return said === undefined ? { because } : { because, said }
}

function outcomeOf(
  credential: Credential,
  outcome: Awaited<ReturnType<FactorUse<Credential>['check']>>,
): Exclude<FactorOutcome, { kind: 'locked' }> {
  if (typeof outcome === 'object') return outcome
  return outcome === 'right' ? { kind: 'right', proven: credential.kind, credential: credential.id } : { kind: outcome }
}
