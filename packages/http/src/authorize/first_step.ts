/** What the pages of first steps without a password share: who was named, and where each way goes on. */

import type { CaptchaForm } from '@gatehouse/core/captcha.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import type { NamedFirst, SentWay } from '@gatehouse/identity/first_step.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import { type CaptchaRefusal, captchaGate } from '../captcha_gate.ts'
import { readKnownBrowserCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { uiLocalesOf } from '../interaction_page.ts'
import { pageLocale } from '../page.ts'
import { isSendSuspicious } from './mfa.ts'

/** One in which somebody gave a name. */
export type NamedInteraction = Interaction & { readonly named: string }

export function isNamed(interaction: Interaction): interaction is NamedInteraction {
  return interaction.named !== undefined
}

export async function namedFirst(c: HouseContext, { id, named }: NamedInteraction, way: SentWay): Promise<NamedFirst> {
  const knownBrowser = await openKnownBrowser(c.env.here, readKnownBrowserCookie(c))
  return { way, userName: named, interactionId: id, knownBrowser }
}

/** For the message. */
export function factsOf(c: HouseContext, interaction: Interaction): { clientId?: ClientId; locale: string } {
  const { target } = interaction
  return {
    locale: pageLocale(c, uiLocalesOf(interaction)),
    ...(target.kind === 'authorization' ? { clientId: target.request.clientId } : {}),
  }
}

/** Before something is sent: undefined where nothing says that a program asks for it. */
export async function refuseProgram(
  c: HouseContext,
  form: CaptchaForm,
  { id }: Interaction,
  fields: URLSearchParams,
): Promise<CaptchaRefusal | undefined> {
  const gate = captchaGate(c, form, id)
  return gate && (await isSendSuspicious(c.env.here, gate)) ? gate.pass(fields) : undefined
}

const PATHS: Readonly<Record<SentWay, string>> = { email_otp: '/login/code', sms_otp: '/login/code', magic_link: '/login/link' }

/** Below the issuer. */
export function wayPath({ id }: Interaction, way: SentWay): string {
  return `${PATHS[way]}?interaction=${id}${way === 'magic_link' ? '' : `&way=${way}`}`
}

export function wayHref(c: HouseContext, interaction: Interaction, way: SentWay): string {
  return `${c.env.here.basePath}${wayPath(interaction, way)}`
}

/** Where another name is given, and where the other ways are, if there are any. */
export async function leadsOf(c: HouseContext, interaction: Interaction): Promise<{ switchUserHref: string; othersHref?: string }> {
  const { here } = c.env
  const { id, target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  const { kinds, nameFirst } = firstStepOf(here, interaction, application)
  const base = `${here.basePath}/login?interaction=${id}`
  return {
    switchUserHref: `${base}&switch=1`,
    ...(kinds.length > 1 ? { othersHref: nameFirst ? `${base}&page=ways` : `${base}&switch=1` } : {}),
  }
}
