/** The check against programs on a page: what it shows, what the page allows for it, and what a posted form is answered. Loaded where a tenant's policy asks for it. */
import { type CaptchaPolicy, type CaptchaSources, PROOF_OF_WORK_SOURCES, THIRD_PARTIES } from '@gatehouse/core/captcha.ts'
import { type CaptchaAnswer, type CaptchaOutcome, checkCaptcha } from '@gatehouse/identity/captcha/captcha_check.ts'
import { type CaptchaPlace, sealChallenge } from '@gatehouse/identity/captcha/challenge.ts'
import { drawCaptcha } from '@gatehouse/pages/captcha.tsx'
import type { PageProps } from '@gatehouse/pages/page_props.ts'
import type { HouseContext } from './house.ts'

export type CaptchaRefusal = Exclude<CaptchaOutcome, { kind: 'passed' }>
/** For the page's props, and for its headers. */
export type ShownCaptcha = { readonly html: string; readonly sources: CaptchaSources }

const STATUS: Readonly<Record<CaptchaRefusal['kind'], number>> = { missing: 403, waiting: 403, failed: 403, unavailable: 503 }

export async function showCaptcha(
  c: HouseContext,
  policy: CaptchaPolicy,
  place: CaptchaPlace,
  { locale, nonce }: Pick<PageProps, 'locale' | 'nonce'>,
  refused?: CaptchaRefusal,
): Promise<ShownCaptcha> {
  const { provider, siteKey, difficulty, waitSeconds } = policy
  const html = drawCaptcha({
    provider,
    ...(siteKey === undefined ? {} : { siteKey }),
    // Who waits goes on waiting: another challenge would begin the time anew.
    challenge: refused?.kind === 'waiting' ? refused.challenge : await sealChallenge(c.env.here, place, difficulty),
    difficulty,
    form: place.form,
    waitSeconds,
    locale,
    nonce,
    ...(refused === undefined
      ? {}
      : { notice: { code: refused.kind, ...(refused.kind === 'waiting' ? { seconds: refused.seconds } : {}) } }),
  })
  return { html, sources: provider === 'proof_of_work' ? PROOF_OF_WORK_SOURCES : THIRD_PARTIES[provider].sources }
}

/** Undefined: passed, and spent. */
export async function passCaptcha(
  c: HouseContext,
  policy: CaptchaPolicy,
  place: CaptchaPlace,
  fields: CaptchaAnswer,
): Promise<CaptchaRefusal | undefined> {
  const outcome = await checkCaptcha(c.env.here, policy, place, fields)
  return outcome.kind === 'passed' ? undefined : outcome
}

export function statusOf({ kind }: CaptchaRefusal): number {
  return STATUS[kind]
}
