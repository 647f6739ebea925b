/** A code as the first step: `GET` and `POST /login/code`. Whether anybody has the name that was given, no answer tells. */

import { checkFirst, type FirstOutcome, type SentWay, sendFirst } from '@gatehouse/identity/first_step.ts'
import { sessionIdOf, withFirstProof } from '@gatehouse/identity/interaction.ts'
import { type FirstCodeProps, renderFirstCode as renderPage } from '@gatehouse/pages/first_code.tsx'
import type { FactorNotice } from '@gatehouse/pages/mfa.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import { captchaGate } from '../captcha_gate.ts'
import { captchaPage, type ShownRefusal } from '../captcha_page.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsOf, uiLocalesOf } from '../interaction_page.ts'
import { pageProps } from '../page.ts'
import { proceed } from './advance.ts'
import { factsOf, isNamed, leadsOf, type NamedInteraction, namedFirst, refuseProgram, wayPath } from './first_step.ts'
import { loadInteraction } from './interaction_of.ts'
import { afterSending } from './mfa.ts'

type Shown = ShownRefusal & {
  readonly notice?: FactorNotice
  readonly problem?: Problem
}

type CodeWay = FirstCodeProps['kind']

export async function showFirstCode(c: HouseContext): Promise<Response> {
  const interaction = await loadInteraction(c, c.req.query('interaction'))
  const way = codeWay(c.req.query('way'))
  if (way === undefined || !isNamed(interaction)) return c.redirect(`${c.env.here.basePath}/login?interaction=${interaction.id}`, 303)
  return renderFirstCode(c, interaction, way, {})
}

export async function submitFirstCode(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  await checkCsrf(c, form.get('csrf'), interaction.id, 'first_code')
  const way = codeWay(form.get('way'))
  if (way === undefined || !isNamed(interaction)) return c.redirect(`${here.basePath}/login?interaction=${interaction.id}`, 303)
  const taken = await takeCode(c, form, interaction, way)
  return taken instanceof Response ? taken : renderFirstCode(c, interaction, way, taken)
}

/** What was posted to a page that waits for a code of the first step: another is sent, or this one is tried. The answer, or what the page shows. */
export async function takeCode(
  c: HouseContext,
  form: URLSearchParams,
  interaction: NamedInteraction,
  way: SentWay,
): Promise<Response | Shown> {
  const { here } = c.env
  const named = await namedFirst(c, interaction, way)
  if (form.get('action') === 'resend') {
    const refused = await refuseProgram(c, 'code_resend', interaction, form)
    return refused ? { captcha: refused } : afterSending(await sendFirst(here, named, factsOf(c, interaction)))
  }
  const text = form.get('otp') ?? ''
  if (text.trim() === '') return { problem: 'required', status: 422 }
  const outcome = await checkFirst(here, named, text, sessionIdOf(here, interaction.id))
  return outcome.kind === 'right' ? proceed(c, withFirstProof(here, interaction, outcome.user, way), outcome.user) : shownAfter(outcome)
}

type Refused = Exclude<FirstOutcome, { kind: 'right' }>

function shownAfter(outcome: Refused): Shown {
  if (outcome.kind === 'expired') return { notice: { code: 'expired' }, status: 400 }
  // To whoever has only seen the code, a code that somebody else has used is a wrong one.
  if (outcome.kind !== 'locked') return { problem: 'code_wrong', status: 400 }
  const { retryAfterSeconds } = outcome
  const count = Math.max(1, Math.ceil(retryAfterSeconds / 60))
  return { notice: { code: 'locked', values: { count } }, status: 429, retryAfterSeconds }
}

function codeWay(text: string | null | undefined): CodeWay | undefined {
  return text === 'email_otp' || text === 'sms_otp' ? text : undefined
}

export async function renderFirstCode(c: HouseContext, interaction: NamedInteraction, way: CodeWay, shown: Shown): Promise<Response> {
  const { here } = c.env
  const props = await pageProps(c, { self: wayPath(interaction, way), uiLocales: uiLocalesOf(interaction) })
  const captcha = await captchaGate(c, 'code_resend', interaction.id)?.show(props, shown.captcha)
  const html = renderPage({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/login/code`,
    csrf: await csrfToken(here, interaction.id, 'first_code'),
    interaction: interaction.id,
    hidden: { way },
    kind: way,
    username: interaction.named,
    ...(await leadsOf(c, interaction)),
    ...(shown.notice ? { notice: shown.notice } : {}),
    ...(shown.problem ? { problem: shown.problem } : {}),
  })
  return captchaPage(c, html, { nonce: props.nonce, shown, captcha, formAction: formActionsOf(interaction) })
}
