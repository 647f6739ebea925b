/** What a form with a check is given: sealed, for one form of one interaction of this tenant, good for as long as an interaction. Also the proof of work's question. */
import { createHash } from 'node:crypto'
import { type CaptchaForm, hasZeroBits } from '@gatehouse/core/captcha.ts'
import { INTERACTION_SECONDS } from '@gatehouse/core/interaction/interaction.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { seal, unseal } from '../seal.ts'

/** `boundTo`: the interaction, or whatever else the form is about. */
export type CaptchaPlace = { readonly form: CaptchaForm; readonly boundTo: string }

export type Challenge = CaptchaPlace & {
  readonly id: string
  /** Of the proof of work; sealed, so that nobody chooses their own. */
  readonly difficulty: number
  /** Seconds since the epoch. */
  readonly issuedAt: number
}

const PURPOSE = 'captcha'
const LONGEST = 1024
const ANSWER = /^\d{1,15}$/

export function sealChallenge(ctx: TenantContext, { form, boundTo }: CaptchaPlace, difficulty: number): Promise<string> {
  const challenge: Challenge = { id: ctx.random.token(16), form, boundTo, difficulty, issuedAt: nowSeconds(ctx) }
  return seal(ctx, PURPOSE, JSON.stringify(challenge))
}

/** Undefined when it was not sealed here for this very form, or is too old. */
export async function openChallenge(ctx: TenantContext, place: CaptchaPlace, text: string): Promise<Challenge | undefined> {
  const opened = text.length > LONGEST ? undefined : await unseal(ctx, PURPOSE, text)
  if (opened === undefined) return undefined
  // Only `sealChallenge` seals for this purpose, so the shape is known.
  const challenge = JSON.parse(opened) as Challenge
  const fits = challenge.form === place.form && challenge.boundTo === place.boundTo
  return fits && endOf(challenge) > nowSeconds(ctx) ? challenge : undefined
}

/** Seconds since the epoch. */
export function endOf({ issuedAt }: Challenge): number {
  return issuedAt + INTERACTION_SECONDS
}

/** One digest: of the challenge as it was given, a dot, and the number that was sought. */
export function isSolved(text: string, answer: string, difficulty: number): boolean {
  return ANSWER.test(answer) && hasZeroBits(createHash('sha256').update(`${text}.${answer}`).digest(), difficulty)
}
