/** What the sign-in page is given: who asks, what was entered, what was wrong with it, and where else one may go. */
import type { Application } from '@gatehouse/core/application.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { firstStepOptions } from '@gatehouse/identity/passkeys/options.ts'
import { acceptsFirst } from '@gatehouse/identity/sign_in_steps.ts'
import { renderLogin } from '@gatehouse/pages/login.tsx'
import type { ApplicationProps, Notice, Problems } from '@gatehouse/pages/page_props.ts'
import type { PasskeyAsk } from '@gatehouse/pages/passkey.tsx'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type CaptchaState, captchaGate } from '../captcha_gate.ts'
import { csrfToken } from '../csrf.ts'
import { formActionOf } from '../headers.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'

export type Shown = {
  readonly username?: string
  readonly notice?: Notice
  readonly problems?: Problems
  readonly status?: number
  readonly retryAfterSeconds?: number
  /** The next try needs the check against programs; or why this one did not pass it. */
  readonly captcha?: CaptchaState
}

export async function renderLoginPage(c: HouseContext, interaction: Interaction, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { target } = interaction
  const request = target.kind === 'authorization' ? target.request : undefined
  const application = request && (await here.configuration.findApplication(request.clientId))
  const self = `/login?interaction=${interaction.id}`
  const props = pageProps(c, { self, ...(request ? { uiLocales: request.uiLocales } : {}) })
  const captcha = await captchaGate(c, 'sign_in', interaction.id)?.show(props, shown.captcha)
  const passkey = acceptsFirst(here, application, 'passkey') ? await firstStepOptions(here, interaction.id) : undefined
  const html = renderLogin({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/login`,
    csrf: await csrfToken(here, interaction.id),
    interaction: interaction.id,
    ...(application ? { application: applicationProps(application) } : {}),
    ...(shown.username ? { username: shown.username } : {}),
    ...(passkey ? { passkey: passkeyAsk(here, passkey) } : {}),
    ...(here.tenant.policies.selfRegistration ? { signupHref: `${here.basePath}/signup?interaction=${interaction.id}` } : {}),
    ...(shown.notice ? { notice: shown.notice } : {}),
    ...(shown.problems ? { problems: shown.problems } : {}),
  })
  if (shown.retryAfterSeconds !== undefined) c.header('retry-after', String(shown.retryAfterSeconds))
  return page(c, html, {
    nonce: props.nonce,
    status: shown.status ?? captcha?.status ?? 200,
    ...(captcha ? { captcha: captcha.sources } : {}),
    ...(request ? { formAction: [formActionOf(request.redirectUri)] } : {}),
  })
}

export function passkeyAsk({ basePath }: TenantContext, options: object): PasskeyAsk {
  return { options: JSON.stringify(options), refreshHref: `${basePath}/login/passkey` }
}

export function applicationProps(application: Application): ApplicationProps {
  const { client_name, logo_uri, client_uri, policy_uri, tos_uri } = application
  return {
    name: client_name,
    ...(logo_uri === undefined ? {} : { logoUrl: logo_uri }),
    ...(client_uri === undefined ? {} : { websiteUrl: client_uri }),
    ...(policy_uri === undefined ? {} : { policyUrl: policy_uri }),
    ...(tos_uri === undefined ? {} : { termsUrl: tos_uri }),
  }
}
