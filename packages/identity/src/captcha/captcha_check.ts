/**
 * The check that no program sends a form: asked when the rest of the form is acceptable, and spent by one conditional write before anything dear (a password's
 * hash, a message) is done. Who cannot do it, for want of JavaScript, of sight or of the third party, waits instead: as long as the policy says, a few times per network.
 */
import { type CaptchaPolicy, THIRD_PARTIES } from '@gatehouse/core/captcha.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { type CaptchaPlace, type Challenge, endOf, isSolved, openChallenge } from './challenge.ts'
import { askThirdParty, type Verdict } from './third_party.ts'

/** What the form brought: the fields of the check. */
export type CaptchaAnswer = { readonly get: (field: string) => string | null }

export type CaptchaOutcome =
  | { readonly kind: 'passed' }
  /** Nothing was answered, or the page did not have the check yet. */
  | { readonly kind: 'missing' }
  /** Nothing was answered and the wait is not over; `challenge` goes on counting. */
  | { readonly kind: 'waiting'; readonly seconds: number; readonly challenge: string }
  /** Wrong, spent, too old, or made for another form. */
  | { readonly kind: 'failed' }
  | { readonly kind: 'unavailable' }

export const CHALLENGE_FIELD = 'captcha_challenge'
export const ANSWER_FIELD = 'captcha_answer'

const WAITS = { name: 'captcha_wait', windowSeconds: 600 } as const
const WAITS_PER_NETWORK = 5
const WAITS_PER_CROWD = 100
/** Longer ones are nobody's: reCAPTCHA's have some two thousand characters. */
const LONGEST_ANSWER = 8192

export async function checkCaptcha(
  ctx: TenantContext,
  policy: CaptchaPolicy,
  place: CaptchaPlace,
  fields: CaptchaAnswer,
): Promise<CaptchaOutcome> {
  const text = fields.get(CHALLENGE_FIELD) ?? ''
  if (text === '') return { kind: 'missing' }
  const challenge = await openChallenge(ctx, place, text)
  const answer = fields.get(policy.provider === 'proof_of_work' ? ANSWER_FIELD : THIRD_PARTIES[policy.provider].field) ?? ''
  if (answer === '' && challenge) return waitOf(ctx, policy, challenge, text)
  const verdict = challenge === undefined ? 'failed' : await judge(ctx, policy, challenge, text, answer)
  if (verdict === 'failed') await countFailure(ctx, policy, place)
  return { kind: verdict }
}

async function judge(ctx: TenantContext, policy: CaptchaPolicy, challenge: Challenge, text: string, answer: string): Promise<Verdict> {
  const { provider } = policy
  if (provider === 'proof_of_work') {
    return isSolved(text, answer, challenge.difficulty) && (await spend(ctx, challenge, challenge.id)) ? 'passed' : 'failed'
  }
  if (answer.length > LONGEST_ANSWER) return 'failed'
  const verdict = await askThirdParty(ctx, { policy: { ...policy, provider }, form: challenge.form, answer })
  // They take an answer once; so do we, should they not.
  return verdict === 'passed' && !(await spend(ctx, challenge, `${provider}\n${answer}`)) ? 'failed' : verdict
}

async function waitOf(ctx: TenantContext, { waitSeconds }: CaptchaPolicy, challenge: Challenge, text: string): Promise<CaptchaOutcome> {
  const seconds = challenge.issuedAt + waitSeconds - nowSeconds(ctx)
  if (seconds > 0) return { kind: 'waiting', seconds, challenge: text }
  const network = networkOf(ctx.actor.ip)
  const place = await ctx.stores.rates.take({ ...WAITS, limit: isCrowd(network) ? WAITS_PER_CROWD : WAITS_PER_NETWORK }, network)
  if (!place.allowed) return { kind: 'waiting', seconds: place.retryAfterSeconds, challenge: text }
  return { kind: (await spend(ctx, challenge, challenge.id)) ? 'passed' : 'failed' }
}

function spend(ctx: TenantContext, challenge: Challenge, value: string): Promise<boolean> {
  return ctx.stores.used.consume('captcha', value, endOf(challenge))
}

/** A wrong answer is a failure of the network, as a wrong password is. */
async function countFailure(ctx: TenantContext, { provider }: CaptchaPolicy, { form }: CaptchaPlace): Promise<void> {
  const event = ctx.stores.shelf.event('captcha.failed', { actor: ctx.actor, data: { provider, form } })
  await ctx.stores.networkTries.count(networkOf(ctx.actor.ip), event)
}
