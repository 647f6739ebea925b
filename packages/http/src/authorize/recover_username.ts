/** A forgotten user name: `GET` and `POST /recover/username`. It is sent to the address or number that it belongs to; the answer is the same for all. */

import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { plainNumber } from '@gatehouse/core/profile_change.ts'
import { recoveryPolicyOf, type UserNameWay } from '@gatehouse/core/recovery_policy.ts'
import { findAddressProblem } from '@gatehouse/identity/enrolment.ts'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import { renderRecoverUserName } from '@gatehouse/pages/recover_username.tsx'
import type { CaptchaRefusal } from '../captcha_gate.ts'
import type { HouseContext } from '../house.ts'
import { uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { afterAsking, ask, formOf, interactionOf, readRecovery } from './recover.ts'
import { passRecoveryCaptcha, showRecoveryCaptcha } from './recovery_captcha.ts'

export async function showUserNameRecovery(c: HouseContext): Promise<Response> {
  const interaction = await interactionOf(c)
  const ways = recoveryPolicyOf(c.env.here.tenant).userName
  const way = ways.find((one) => one === c.req.query('way')) ?? ways[0]
  if (way === undefined) throw off()
  return renderAsk(c, interaction, way)
}

export async function submitUserNameRecovery(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const { interaction, form } = await readRecovery(c, 'recover-username')
  const way: UserNameWay = form.has('phone_number') ? 'sms' : 'email'
  if (!recoveryPolicyOf(here.tenant).userName.includes(way)) throw off()
  const typed = (form.get(way === 'sms' ? 'phone_number' : 'email') ?? '').trim()
  const problem = findAddressProblem(way === 'sms' ? 'sms_otp' : 'email_otp', typed)
  if (problem !== undefined) return renderAsk(c, interaction, way, { typed, problem: problem as Problem })
  const captcha = await passRecoveryCaptcha(c, interaction, form)
  if (captcha !== undefined) return renderAsk(c, interaction, way, { typed, captcha })
  const address = way === 'sms' ? plainNumber(typed) : typed
  const { notice, status, retryAfterSeconds } = afterAsking(await ask(c, interaction, { what: 'user_name', way, typed: address }))
  const props = await pageProps(c, { uiLocales: uiLocalesOf(interaction) })
  const html = renderRecoverUserName({
    ...props,
    state: 'sent',
    address,
    loginHref: loginHrefOf(c, interaction),
    ...(notice === undefined ? {} : { notice }),
  })
  if (retryAfterSeconds !== undefined) c.header('retry-after', String(retryAfterSeconds))
  return page(c, html, { nonce: props.nonce, status: status ?? 200 })
}

async function renderAsk(
  c: HouseContext,
  interaction: Interaction,
  way: UserNameWay,
  refused?: { readonly typed: string; readonly problem?: Problem; readonly captcha?: CaptchaRefusal },
): Promise<Response> {
  const { here } = c.env
  const self = `/recover/username?interaction=${interaction.id}`
  const props = await pageProps(c, { self: `${self}&way=${way}`, uiLocales: uiLocalesOf(interaction) })
  const captcha = await showRecoveryCaptcha(c, interaction, props, refused?.captcha)
  const others = recoveryPolicyOf(here.tenant).userName.filter((one) => one !== way)
  const html = renderRecoverUserName({
    ...props,
    state: 'ask',
    way,
    form: {
      ...(await formOf(c, interaction, '/recover/username', 'recover-username')),
      ...(captcha ? { captcha: captcha.html } : {}),
    },
    loginHref: loginHrefOf(c, interaction),
    others: others.map((other) => ({ way: other, href: `${here.basePath}${self}&way=${other}` })),
    ...(refused === undefined ? {} : { typed: refused.typed }),
    ...(refused?.problem === undefined ? {} : { problem: refused.problem }),
  })
  const status = refused?.problem === undefined ? (captcha?.status ?? 200) : 422
  return page(c, html, { nonce: props.nonce, status, ...(captcha ? { captcha: captcha.sources } : {}) })
}

function loginHrefOf(c: HouseContext, interaction: Interaction): string {
  return `${c.env.here.basePath}/login?interaction=${interaction.id}`
}

function off(): IamError {
  return new IamError('forbidden', 'user names are not recovered here in this way; ask an administrator')
}
