/** What the sign-in page is given: who asks, what was entered, what was wrong with it, and where else one may go. */

import type { Application } from '@gatehouse/core/application.ts'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { firstStepOptions } from '@gatehouse/identity/passkeys/options.ts'
import type { UnknownPasskey } from '@gatehouse/identity/passkeys/sign_in.ts'
import { acceptsFirst } from '@gatehouse/identity/sign_in_steps.ts'
import type { LoginProps } from '@gatehouse/pages/login.tsx'
import type { ApplicationProps, Notice, Problems } from '@gatehouse/pages/page_props.ts'
import { captchaGate, type PageCaptcha } from '../captcha_gate.ts'
import { captchaPage, type ShownRefusal } from '../captcha_page.ts'
import { csrfToken } from '../csrf.ts'
import type { HouseContext } from '../house.ts'
import { formActionsBeyond, uiLocalesOf } from '../interaction_page.ts'
import { pageProps } from '../page.ts'
import { passkeyAsk } from './passkey_ask.ts'

export type Shown = ShownRefusal & {
  readonly username?: string
  readonly notice?: Notice
  readonly problems?: Problems
  /** Where the name is asked for first: the page with it, or the one after it. */
  readonly page?: 'name' | 'ways'
  /** One that nobody here has: told to whoever keeps it. */
  readonly unknownPasskey?: UnknownPasskey
  /** What is needed now, where that is not what the first step allows. */
  readonly kinds?: readonly FactorKind[]
}

/** What each of the sign-in pages is given, and the check against programs that it shows. */
export type Given = { readonly props: LoginProps; readonly captcha: PageCaptcha | undefined }

export async function givenTo(
  c: HouseContext,
  interaction: Interaction,
  application: Application | undefined,
  shown: Shown,
): Promise<Given> {
  const { here } = c.env
  const { id } = interaction
  const self = `/login?interaction=${id}${shown.page === 'ways' ? '&page=ways' : ''}`
  const frame = await pageProps(c, { self, uiLocales: uiLocalesOf(interaction) })
  const captcha = await captchaGate(c, 'sign_in', id)?.show(frame, shown.captcha)
  const passkey = acceptsFirst(here, application, 'passkey', interaction.narrowed) ? await firstStepOptions(here, id) : undefined
  const props = {
    ...frame,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/login`,
    csrf: await csrfToken(here, id),
    interaction: id,
    ...(application ? { application: applicationProps(application) } : {}),
    ...(shown.username ? { username: shown.username } : {}),
    ...(passkey ? { passkey: passkeyAsk(here, passkey, shown.unknownPasskey) } : {}),
    ...(here.tenant.policies.selfRegistration ? { signupHref: `${here.basePath}/signup?interaction=${id}` } : {}),
    recoverHref: `${here.basePath}/recover?interaction=${id}`,
    ...(shown.notice ? { notice: shown.notice } : {}),
    ...(shown.problems ? { problems: shown.problems } : {}),
  }
  return { props, captcha }
}

export function sendLoginPage(c: HouseContext, interaction: Interaction, shown: Shown, { props, captcha }: Given, html: string): Response {
  return captchaPage(c, html, { nonce: props.nonce, shown, captcha, formAction: formActionsBeyond(c.env.here, interaction) })
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
