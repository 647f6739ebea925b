/**
 * Asks a third party what it thinks of an answer: Turnstile, hCaptcha, reCAPTCHA. All speak the same: a form with secret and answer is posted, JSON with `success`
 * comes back. No usable word from it is `unavailable`: nobody is let through then.
 */
import { type CaptchaForm, type CaptchaPolicy, THIRD_PARTIES, type ThirdParty } from '@gatehouse/core/captcha.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type Verdict = 'passed' | 'failed' | 'unavailable'

export type Asked = {
  readonly policy: CaptchaPolicy & { readonly provider: ThirdParty }
  readonly form: CaptchaForm
  readonly answer: string
}

type Reply = {
  readonly success: boolean
  readonly hostname?: unknown
  readonly action?: unknown
  readonly score?: unknown
  readonly 'error-codes'?: unknown
}

const TIMEOUT_MILLISECONDS = 4000
/** They say so of our own mistake, or of theirs; the person can do nothing about it. */
const NOT_THE_PERSONS = /secret|sitekey|internal-error|bad-request/

export async function askThirdParty(ctx: TenantContext, asked: Asked): Promise<Verdict> {
  const { policy, form } = asked
  const reply = await replyTo(ctx, asked)
  if (reply === undefined) return 'unavailable'
  if (!reply.success) {
    const codes = Array.isArray(reply['error-codes']) ? reply['error-codes'].map(String) : []
    if (!codes.some((code) => NOT_THE_PERSONS.test(code))) return 'failed'
    ctx.log.write('error', 'captcha refuses our request', { provider: policy.provider, tenant: ctx.tenant.id, codes })
    return 'unavailable'
  }
  // An answer that was given at another site, or for another form of ours, says nothing of this one.
  if (reply.hostname !== new URL(ctx.origin).hostname) return 'failed'
  if (policy.provider !== 'hcaptcha' && policy.provider !== 'recaptcha' && reply.action !== form) return 'failed'
  if (policy.provider !== 'recaptcha_score') return 'passed'
  return typeof reply.score === 'number' && reply.score >= policy.minimumScore ? 'passed' : 'failed'
}

async function replyTo(ctx: TenantContext, { policy, answer }: Asked): Promise<Reply | undefined> {
  const { provider, siteKey = '' } = policy
  const fields = { secret: await openSecret(ctx, policy), response: answer, ...(provider === 'hcaptcha' ? { sitekey: siteKey } : {}) }
  try {
    const { status, body } = await ctx.egress.send({
      url: THIRD_PARTIES[provider].verify,
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      maximumBytes: 16_384,
    })
    // Some tell of a wrong answer with 400 and the same JSON.
    const reply: unknown = status < 500 ? JSON.parse(body) : undefined
    if (isReply(reply)) return reply
    ctx.log.write('warn', 'captcha gave no usable answer', { provider, tenant: ctx.tenant.id, status })
  } catch (error) {
    if (!(error instanceof IamError) && !(error instanceof SyntaxError)) throw error
    ctx.log.write('warn', 'captcha gave no answer', { provider, tenant: ctx.tenant.id, error: error.message })
  }
  return undefined
}

function isReply(value: unknown): value is Reply {
  return typeof value === 'object' && value !== null && 'success' in value && typeof value.success === 'boolean'
}

export async function sealSecret(ctx: SecretKeeper, tenant: string, secret: string): Promise<string> {
  return ctx.vault.seal(new TextEncoder().encode(secret), secretContext(tenant))
}

async function openSecret(ctx: TenantContext, { sealedSecret = '' }: CaptchaPolicy): Promise<string> {
  return new TextDecoder().decode(await ctx.vault.unseal(sealedSecret, secretContext(ctx.tenant.id)))
}

type SecretKeeper = Pick<TenantContext, 'vault'>

function secretContext(tenant: string): string {
  return `captcha\n${tenant}`
}
