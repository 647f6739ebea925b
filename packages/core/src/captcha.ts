/**
 * Whether a form asks to show that no program sends it, as a pure function of what is known; and who may be asked to judge that: third parties, a row each,
 * or our own proof of work, which needs nobody.
 */

import { SUSPICIOUS_CROWD_FAILURES, SUSPICIOUS_NETWORK_FAILURES } from './network_delay.ts'
import { isAtLeast, type RiskLevel } from './risk/risk_policy.ts'

export const CAPTCHA_FORMS = ['sign_in', 'sign_up', 'recovery', 'code_resend'] as const
export type CaptchaForm = (typeof CAPTCHA_FORMS)[number]

export type CaptchaProvider = 'proof_of_work' | 'turnstile' | 'hcaptcha' | 'recaptcha' | 'recaptcha_score'

/** `sealedSecret`: by `KeyVault`; what a third party knows us by. */
export type CaptchaPolicy = {
  readonly provider: CaptchaProvider
  readonly siteKey?: string
  readonly sealedSecret?: string
  readonly when: 'never' | 'by_risk' | 'always'
  /** Of `by_risk`: also where the request itself is of this level, before anybody says who they are. Absent: it is not looked at. */
  readonly risk?: Exclude<RiskLevel, 'low'>
  readonly forms: readonly CaptchaForm[]
  /** Of the proof of work: leading zero bits of the digest; each doubles the work. */
  readonly difficulty: number
  /** Of `recaptcha_score`: less is refused. */
  readonly minimumScore: number
  /** Who cannot do the check waits this long with the page open, and is let through without. */
  readonly waitSeconds: number
}

export const DEFAULT_CAPTCHA: Omit<CaptchaPolicy, 'provider'> = {
  when: 'by_risk',
  forms: CAPTCHA_FORMS,
  difficulty: 17,
  minimumScore: 0.5,
  waitSeconds: 60,
}

/** What a third party's check needs: its script, whom to ask, and which origins a page that shows it allows. */
export type CaptchaRow = {
  readonly script: (siteKey: string, locale: string) => string
  readonly verify: string
  /** The form field that its script fills in. */
  readonly field: string
  readonly sources: CaptchaSources
}

/** Of the page's Content Security Policy. */
export type CaptchaSources = {
  readonly script: readonly string[]
  readonly frame: readonly string[]
  readonly style: readonly string[]
  readonly connect: readonly string[]
  /** A worker of our own. */
  readonly worker: boolean
}

const NO_SOURCES: CaptchaSources = { script: [], frame: [], style: [], connect: [], worker: false }
export const PROOF_OF_WORK_SOURCES: CaptchaSources = { ...NO_SOURCES, worker: true }

const CLOUDFLARE = 'https://challenges.cloudflare.com'
const HCAPTCHA = ['https://hcaptcha.com', 'https://*.hcaptcha.com']
const GOOGLE = 'https://www.google.com/recaptcha/'
const GOOGLE_VERIFY = 'https://www.google.com/recaptcha/api/siteverify'
const GOOGLE_SOURCES: CaptchaSources = {
  ...NO_SOURCES,
  script: [GOOGLE, 'https://www.gstatic.com/recaptcha/'],
  frame: [GOOGLE, 'https://recaptcha.google.com/recaptcha/'],
  connect: [GOOGLE],
}

export type ThirdParty = Exclude<CaptchaProvider, 'proof_of_work'>

export const THIRD_PARTIES: Readonly<Record<ThirdParty, CaptchaRow>> = {
  turnstile: {
    script: () => `${CLOUDFLARE}/turnstile/v0/api.js`,
    verify: `${CLOUDFLARE}/turnstile/v0/siteverify`,
    field: 'cf-turnstile-response',
    sources: { ...NO_SOURCES, script: [CLOUDFLARE], frame: [CLOUDFLARE], connect: [CLOUDFLARE] },
  },
  hcaptcha: {
    script: (_siteKey, locale) => `https://js.hcaptcha.com/1/api.js?hl=${locale}`,
    verify: 'https://api.hcaptcha.com/siteverify',
    field: 'h-captcha-response',
    sources: { ...NO_SOURCES, script: HCAPTCHA, frame: HCAPTCHA, style: HCAPTCHA, connect: HCAPTCHA },
  },
  recaptcha: {
    script: (_siteKey, locale) => `${GOOGLE}api.js?hl=${locale}`,
    verify: GOOGLE_VERIFY,
    field: 'g-recaptcha-response',
    sources: GOOGLE_SOURCES,
  },
  recaptcha_score: {
    script: (siteKey, locale) => `${GOOGLE}api.js?render=${encodeURIComponent(siteKey)}&hl=${locale}`,
    verify: GOOGLE_VERIFY,
    field: 'g-recaptcha-response',
    sources: GOOGLE_SOURCES,
  },
}

export const CAPTCHA_PROVIDERS = ['proof_of_work', ...Object.keys(THIRD_PARTIES)] as readonly CaptchaProvider[]

/** What speaks for a program. Each way into it sets what it knows. */
export type CaptchaFacts = {
  /** Tries of this name that are not known to have succeeded. */
  readonly nameFailures?: number
  /** Failures of this network, over all names, or names that it looked up. */
  readonly networkFailures?: number
  /** Very many people share the network. */
  readonly crowd?: boolean
  /** Of the request (`risk/request.ts`), where the policy asks for it. */
  readonly level?: RiskLevel | undefined
}

export const SUSPICIOUS_NAME_FAILURES = 3

/** The policy where it says something of this form. */
export function captchaOn(policy: CaptchaPolicy | undefined, form: CaptchaForm): CaptchaPolicy | undefined {
  return policy !== undefined && policy.when !== 'never' && policy.forms.includes(form) ? policy : undefined
}

export function isCaptchaDue({ when, risk }: Pick<CaptchaPolicy, 'when' | 'risk'>, facts: CaptchaFacts): boolean {
  if (when !== 'by_risk') return when === 'always'
  const { nameFailures = 0, networkFailures = 0, crowd = false, level } = facts
  if (risk !== undefined && level !== undefined && isAtLeast(level, risk)) return true
  const suspicious = crowd ? SUSPICIOUS_CROWD_FAILURES : SUSPICIOUS_NETWORK_FAILURES
  return nameFailures >= SUSPICIOUS_NAME_FAILURES || networkFailures >= suspicious
}

/** Does a digest begin with so many zero bits? */
export function hasZeroBits(digest: Uint8Array, bits: number): boolean {
  const whole = Math.floor(bits / 8)
  return digest.subarray(0, whole).every((byte) => byte === 0) && (digest[whole] ?? 0) >> (8 - (bits % 8)) === 0
}
