/** A forgotten password: `GET` and `POST /recover`, `POST /recover/code`. The answers are the same whoever was named, and so is the work. */

import { IamError } from '@gatehouse/core/error.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { MY_ACCOUNT } from '@gatehouse/core/interaction/interaction.ts'
import { isByCode, isRecoveryWay, recoveryPolicyOf } from '@gatehouse/core/recovery_policy.ts'
import type { SendOutcome } from '@gatehouse/identity/factors/factor_use.ts'
import { beginInteraction, withMoreTime } from '@gatehouse/identity/interaction.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { askRecovery, type CodeOutcome, checkRecoveryCode, isAsked, mayRecover } from '@gatehouse/identity/recovery.ts'
import type { FormProps, Problem } from '@gatehouse/pages/page_props.ts'
import { type RecoveryNotice, renderRecover } from '@gatehouse/pages/recover.tsx'
import { renderRecoverSent } from '@gatehouse/pages/recover_sent.tsx'
import type { RecoveryQuestion } from '@gatehouse/store/recovery.ts'
import type { CaptchaRefusal } from '../captcha_gate.ts'
import { readKnownBrowserCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { uiLocalesOf } from '../interaction_page.ts'
import { page, pageProps } from '../page.ts'
import { findInteraction, keepInteraction, loadInteraction } from './interaction_of.ts'
import { passRecoveryCaptcha, showRecoveryCaptcha } from './recovery_captcha.ts'

const LONGEST = 320

type PasswordQuestion = Extract<RecoveryQuestion, { what: 'password' }>
type Shown = {
  readonly notice?: RecoveryNotice
  readonly problem?: Problem
  readonly status?: number
  readonly retryAfterSeconds?: number
}

export async function showRecover(c: HouseContext): Promise<Response> {
  const interaction = await interactionOf(c)
  return renderAsk(c, interaction, { username: c.req.query('username') ?? '' })
}

/** Asks, and asks again. */
export async function submitRecover(c: HouseContext): Promise<Response> {
  const { interaction, form } = await readRecovery(c, 'recover')
  const question = questionOf(c, form)
  const username = question.typed
  if (username.trim() === '') return renderAsk(c, interaction, { username, problem: 'required', status: 422 })
  if (username.length > LONGEST) return renderAsk(c, interaction, { username: '', problem: 'too_long', status: 422 })
  // Whoever asks again has passed it, and waits longer each time.
  const isAgain = form.get('action') === 'resend' && (await isAsked(c.env.here, interaction.id, question))
  const captcha = isAgain ? undefined : await passRecoveryCaptcha(c, interaction, form)
  if (captcha !== undefined) return renderAsk(c, interaction, { username, captcha })
  return renderSent(c, interaction, question, afterAsking(await ask(c, interaction, question)))
}

export async function submitRecoveryCode(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const { interaction, form } = await readRecovery(c, 'recover-code')
  const question = questionOf(c, form)
  if (!isByCode(question.way)) throw new IamError('invalid_request', 'no code is sent in this way')
  if (form.get('action') === 'resend') return renderSent(c, interaction, question, afterAsking(await ask(c, interaction, question)))
  const text = form.get('otp') ?? ''
  if (text.trim() === '') return renderSent(c, interaction, question, { problem: 'required', status: 422 })
  const outcome = await checkRecoveryCode(here, interaction.id, question, text)
  if (outcome.kind !== 'right') return renderSent(c, interaction, question, REFUSALS[outcome.kind](outcome))
  const query = new URLSearchParams({ token: outcome.token })
  return c.redirect(`${here.basePath}/recover/password?${query}`, 303)
}

const REFUSALS: Readonly<Record<Exclude<CodeOutcome['kind'], 'right'>, (outcome: CodeOutcome) => Shown>> = {
  wrong: () => ({ problem: 'code_wrong', status: 400 }),
  expired: () => ({ notice: { code: 'expired' }, status: 400 }),
  locked: (outcome) => {
    const seconds = outcome.kind === 'locked' ? outcome.retryAfterSeconds : 0
    const count = Math.max(1, Math.ceil(seconds / 60))
    return { notice: { code: 'locked', values: { count } }, status: 429, retryAfterSeconds: seconds }
  },
}

/** Goes on in the interaction in which somebody wanted to sign in; by itself it leads to My Account. */
export async function interactionOf(c: HouseContext): Promise<Interaction> {
  const found = await findInteraction(c, c.req.query('interaction'))
  const interaction = withMoreTime(c.env.here, found ?? beginInteraction(c.env.here, { kind: 'own', path: MY_ACCOUNT }))
  await keepInteraction(c, interaction)
  return interaction
}

export async function readRecovery(c: HouseContext, page: string): Promise<{ interaction: Interaction; form: URLSearchParams }> {
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  await checkCsrf(c, form.get('csrf'), interaction.id, page)
  return { interaction, form }
}

export async function ask(c: HouseContext, interaction: Interaction, question: RecoveryQuestion): Promise<SendOutcome> {
  const { here } = c.env
  const { target } = interaction
  return askRecovery(here, {
    question,
    interaction: interaction.id,
    locale: (await pageProps(c, { uiLocales: uiLocalesOf(interaction) })).locale,
    ...(target.kind === 'authorization' ? { clientId: target.request.clientId } : {}),
    knownBrowser: await openKnownBrowser(here, readKnownBrowserCookie(c)),
  })
}

export function afterAsking(outcome: SendOutcome): Shown {
  if (outcome.kind === 'sent') return { notice: { code: 'sent' } }
  if (outcome.kind === 'enough') return { notice: { code: 'enough' }, status: 429 }
  const { seconds } = outcome
  const notice: RecoveryNotice =
    seconds < 90 ? { code: 'waitSeconds', values: { count: seconds } } : { code: 'wait', values: { count: Math.ceil(seconds / 60) } }
  return { notice, status: 429, retryAfterSeconds: seconds }
}

function questionOf(c: HouseContext, form: URLSearchParams): PasswordQuestion {
  const ways = recoveryPolicyOf(c.env.here.tenant).password
  const given = form.get('way')
  const way = isRecoveryWay(given) ? given : ways[0]
  const question = way && ({ what: 'password', way, typed: (form.get('username') || form.get('email') || '').trim() } as const)
  if (question === undefined || !mayRecover(c.env.here, question))
    throw new IamError('forbidden', 'passwords are not recovered here in this way; ask an administrator')
  return question
}

async function renderAsk(
  c: HouseContext,
  interaction: Interaction,
  shown: Shown & { readonly username: string; readonly captcha?: CaptchaRefusal },
): Promise<Response> {
  const { here } = c.env
  const policy = recoveryPolicyOf(here.tenant)
  const self = `/recover?interaction=${interaction.id}`
  const props = await pageProps(c, { self, uiLocales: uiLocalesOf(interaction) })
  const captcha = policy.password.length === 0 ? undefined : await showRecoveryCaptcha(c, interaction, props, shown.captcha)
  const html = renderRecover({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    ...(await formOf(c, interaction, '/recover', 'recover')),
    ways: policy.password,
    username: shown.username,
    loginHref: `${here.basePath}/login?interaction=${interaction.id}`,
    ...(policy.userName.length === 0 ? {} : { userNameHref: `${here.basePath}/recover/username?interaction=${interaction.id}` }),
    ...(shown.problem === undefined ? {} : { problem: shown.problem }),
  })
  return page(c, html, {
    nonce: props.nonce,
    status: shown.status ?? captcha?.status ?? 200,
    ...(captcha ? { captcha: captcha.sources } : {}),
  })
}

async function renderSent(c: HouseContext, interaction: Interaction, question: PasswordQuestion, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { way, typed } = question
  const hidden = { username: typed, way }
  const askHref = `${here.basePath}/recover?interaction=${interaction.id}`
  const props = await pageProps(c, { uiLocales: uiLocalesOf(interaction) })
  const html = renderRecoverSent({
    ...props,
    way,
    username: typed,
    again: { ...(await formOf(c, interaction, '/recover', 'recover')), hidden },
    ...(isByCode(way) ? { code: { ...(await formOf(c, interaction, '/recover/code', 'recover-code')), hidden } } : {}),
    askHref,
    ...(shown.notice === undefined ? {} : { notice: shown.notice }),
    ...(shown.problem === undefined ? {} : { problem: shown.problem }),
  })
  if (shown.retryAfterSeconds !== undefined) c.header('retry-after', String(shown.retryAfterSeconds))
  return page(c, html, { nonce: props.nonce, status: shown.status ?? 200 })
}

export async function formOf(c: HouseContext, interaction: Interaction, path: string, name: string): Promise<FormProps> {
  const { here } = c.env
  return { action: `${here.basePath}${path}`, csrf: await csrfToken(here, interaction.id, name), interaction: interaction.id }
}
