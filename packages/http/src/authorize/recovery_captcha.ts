/** The check against programs on the pages of recovery: each question may send a message. */
import { isCaptchaDue } from '@gatehouse/core/captcha.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { countAsked } from '@gatehouse/identity/recovery.ts'
import type { PageProps } from '@gatehouse/pages/page_props.ts'
import { type CaptchaRefusal, type CaptchaState, captchaGate, type PageCaptcha } from '../captcha_gate.ts'
import type { HouseContext } from '../house.ts'

/** Undefined: passed, or not asked for. */
export async function passRecoveryCaptcha(
  c: HouseContext,
  interaction: Interaction,
  form: URLSearchParams,
): Promise<CaptchaRefusal | undefined> {
  return (await recoveryCaptchaDue(c, interaction)) ? captchaGate(c, 'recovery', interaction.id)?.pass(form) : undefined
}

export async function showRecoveryCaptcha(
  c: HouseContext,
  interaction: Interaction,
  props: PageProps,
  state: CaptchaState,
): Promise<PageCaptcha | undefined> {
  return captchaGate(c, 'recovery', interaction.id)?.show(props, state ?? (await recoveryCaptchaDue(c, interaction)))
}

/** By risk: when this network has asked often, or by what the request itself is like. */
async function recoveryCaptchaDue(c: HouseContext, interaction: Interaction): Promise<'due' | undefined> {
  const gate = captchaGate(c, 'recovery', interaction.id)
  if (gate === undefined) return undefined
  const { policy } = gate
  const { here } = c.env
  const networkFailures = policy.when === 'always' ? 0 : await countAsked(here)
  return isCaptchaDue(policy, { networkFailures, crowd: isCrowd(networkOf(here.actor.ip)), level: await gate.level() }) ? 'due' : undefined
}
