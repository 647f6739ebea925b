/** The check against programs of one form, as its route uses it. Where the tenant asks for none there is no gate, and nothing is loaded. */
import { type CaptchaForm, type CaptchaPolicy, type CaptchaSources, captchaOn, isCaptchaDue } from '@gatehouse/core/captcha.ts'
import type { RiskLevel } from '@gatehouse/core/risk/risk_policy.ts'
import type { CaptchaAnswer } from '@gatehouse/identity/captcha/captcha_check.ts'
import type { PageProps } from '@gatehouse/pages/page_props.ts'
import type { CaptchaRefusal } from './captcha.ts'
import type { HouseContext } from './house.ts'

export type { CaptchaRefusal }

/** `due`: the form asks for it from now on; else why it was not passed. Absent: as the policy says. */
export type CaptchaState = 'due' | CaptchaRefusal | undefined

export type CaptchaGate = {
  readonly policy: CaptchaPolicy
  /** Of the request; undefined where the policy does not ask for it, and nothing is read then. */
  level(): Promise<RiskLevel | undefined>
  /** Undefined: passed, and spent. To be asked when the rest of the form is acceptable. */
  pass(fields: CaptchaAnswer): Promise<CaptchaRefusal | undefined>
  /** Undefined: the page has none. */
  show(props: Pick<PageProps, 'locale' | 'nonce'>, state: CaptchaState): Promise<PageCaptcha | undefined>
}

export type PageCaptcha = { readonly html: string; readonly sources: CaptchaSources; readonly status: number | undefined }

/** `boundTo`: the interaction, or whatever else the form is about. */
export function captchaGate(c: HouseContext, form: CaptchaForm, boundTo: string): CaptchaGate | undefined {
  const policy = captchaOn(c.env.here.tenant.policies.captcha, form)
  if (policy === undefined) return undefined
  const place = { form, boundTo }
  const level = async () => {
    if (policy.when !== 'by_risk' || policy.risk === undefined) return undefined
    return (await import('./request_risk.ts')).levelOfRequest(c)
  }
  return {
    policy,
    level,
    async pass(fields) {
      const { passCaptcha } = await import('./captcha.ts')
      return passCaptcha(c, policy, place, fields)
    },
    async show(props, state) {
      if (state === undefined && !isCaptchaDue(policy, { level: await level() })) return undefined
      const { showCaptcha, statusOf } = await import('./captcha.ts')
      const refused = state === 'due' ? undefined : state
      return { ...(await showCaptcha(c, policy, place, props, refused)), status: refused && statusOf(refused) }
    },
  }
}
