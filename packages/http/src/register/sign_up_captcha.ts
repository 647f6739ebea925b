/** The check against programs in both steps of self-registration: names are looked up, passwords hashed and mails sent behind it. */
import { isCaptchaDue } from '@gatehouse/core/captcha.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { type CaptchaRefusal, captchaGate, type PageCaptcha } from '../captcha_gate.ts'
import type { HouseContext } from '../house.ts'
import { countLookUps } from '../name_look_up.ts'
import type { PageOptions } from '../page.ts'

/** Undefined: passed, or not asked for. */
export async function passSignUpCaptcha(
  c: HouseContext,
  interaction: Interaction,
  form: URLSearchParams,
): Promise<CaptchaRefusal | undefined> {
  return (await signUpCaptchaDue(c, interaction)) ? captchaGate(c, 'sign_up', interaction.id)?.pass(form) : undefined
}

/** By risk: when this network has looked up many names, or by what the request itself is like. */
export async function signUpCaptchaDue(c: HouseContext, interaction: Interaction): Promise<'due' | undefined> {
  const gate = captchaGate(c, 'sign_up', interaction.id)
  if (gate === undefined) return undefined
  const { policy } = gate
  const { here } = c.env
  const networkFailures = policy.when === 'always' ? 0 : await countLookUps(here)
  return isCaptchaDue(policy, { networkFailures, crowd: isCrowd(networkOf(here.actor.ip)), level: await gate.level() }) ? 'due' : undefined
}

export function pageOptionsOf(status: number | undefined, captcha: PageCaptcha | undefined): Pick<PageOptions, 'status' | 'captcha'> {
  return { status: status ?? captcha?.status ?? 200, ...(captcha ? { captcha: captcha.sources } : {}) }
}
