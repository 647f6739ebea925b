/** A further factor of a sign-in: `GET` and `POST /mfa`. What is asked for, and whether anything is, the standing says; a page out of order only leads there. */

import { isCaptchaDue } from '@gatehouse/core/captcha.ts'
import { type Credential, maskedAddress, type PasskeyCredential } from '@gatehouse/core/credential.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { SessionId } from '@gatehouse/core/ids.ts'
import type { EnrolledFactor } from '@gatehouse/core/interaction/composition.ts'
import { isCrowd, networkOf } from '@gatehouse/core/network_delay.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import { shownName, type User } from '@gatehouse/core/user.ts'
import { checkFactor, type FactorOutcome } from '@gatehouse/identity/factor_check.ts'
import type { SendOutcome, Use } from '@gatehouse/identity/factors/factor_use.ts'
import { factorUseOf } from '@gatehouse/identity/factors/factors.ts'
import { shownNumber } from '@gatehouse/identity/factors/push.ts'
import { sessionIdOf, withFactorProof } from '@gatehouse/identity/interaction.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { passkeysHere, secondStepOptions } from '@gatehouse/identity/passkeys/own_options.ts'
import { type FactorNotice, type MfaProps, renderMfa, type ShownFactor } from '@gatehouse/pages/mfa.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type CaptchaGate, captchaGate } from '../captcha_gate.ts'
import { captchaPage, type ShownRefusal } from '../captcha_page.ts'
import { readKnownBrowserCookie } from '../cookies.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsBeyond, uiLocalesOf } from '../interaction_page.ts'
import { pageLocale, pageProps } from '../page.ts'
import { follow, proceed } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { passkeyAsk } from './passkey_ask.ts'
import { type Standing, scriptAfterFailure, standingOf } from './standing.ts'

export type Asked = {
  readonly standing: Standing
  readonly user: User
  readonly choices: readonly Credential[]
  readonly rememberable: boolean
}

type Shown = ShownRefusal & {
  readonly notice?: FactorNotice
  readonly problem?: Problem
}

export async function showMfa(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const asked = askedOf(standing)
  if (asked === undefined) return follow(c, standing)
  const credential = chosen(asked, c.req.query('credential'))
  const { use } = await useOf(c, asked, credential)
  const row = factorUseOf(credential)
  // Once for an interaction; whoever loads the page again, asks with the button.
  const outcome = row.send && !(await row.isSent?.(c.env.here, use)) ? await row.send(c.env.here, use) : undefined
  if (outcome === undefined) return renderMfaPage(c, asked, credential, {})
  return renderMfaPage(c, asked, credential, credential.kind === 'push' ? afterAsking(outcome) : afterSending(outcome))
}

export async function submitMfa(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  const standing = await standingOf(c, interaction)
  const asked = askedOf(standing)
  if (asked === undefined) return follow(c, standing)
  const { user } = asked
  await checkCsrf(c, form.get('csrf'), interaction.id, user.id, 'mfa')
  const credential = chosen(asked, form.get('credential'))
  const { use, latest } = await useOf(c, asked, credential)
  if (form.get('action') === 'resend') {
    const gate = captchaGate(c, 'code_resend', interaction.id)
    const refused = gate && (await isSendSuspicious(here, gate)) ? await gate.pass(form) : undefined
    if (refused) return renderMfaPage(c, asked, credential, { captcha: refused })
    const sent = await factorUseOf(credential).send?.(here, use)
    if (sent === undefined) throw new IamError('invalid_request', 'nothing is sent for this factor')
    return renderMfaPage(c, asked, credential, credential.kind === 'push' ? afterAsking(sent) : afterSending(sent))
  }
  const remember = form.get('remember') === 'yes'
  if (credential.kind === 'x509') {
    const { sendToCertificates } = await import('./certificate_lead.ts')
    return (await sendToCertificates(c, 'further', interaction, remember)) ?? renderMfaPage(c, asked, credential, { status: 422 })
  }
  const text = form.get(credential.kind === 'passkey' ? 'passkey' : 'otp') ?? ''
  if (text.trim() === '' && credential.kind !== 'push') return renderMfaPage(c, asked, credential, { problem: 'required', status: 422 })

  const outcome = await checkFactor(here, { ...use, text, sessionId: sessionIdOf(here, interaction.id), latest })
  return afterCheck(c, asked, credential, outcome, remember)
}

export async function afterCheck(
  c: HouseContext,
  asked: Asked,
  credential: Credential,
  outcome: FactorOutcome,
  wantsRemembering: boolean,
): Promise<Response> {
  const { here } = c.env
  const { user, standing } = asked
  const { interaction } = standing
  if (outcome.kind === 'expired' && credential.kind === 'push')
    return renderMfaPage(c, asked, credential, { notice: { code: 'pushExpired' }, status: 400 })
  const moved = outcome.kind === 'wrong' ? await scriptAfterFailure(c, interaction, user.userName) : undefined
  if (moved !== undefined && moved.step.kind !== 'factor') return follow(c, moved)
  if (outcome.kind !== 'right') return renderMfaPage(c, asked, credential, await refusalOf(c, asked, credential, outcome))
  const mayRemember = asked.rememberable && signInPolicyOf(here.tenant).rememberBrowserSeconds > 0
  const remember = mayRemember && wantsRemembering ? outcome.credential : undefined
  return proceed(c, withFactorProof(here, interaction, user, outcome.proven, remember))
}

/** By risk: when many tries of this network failed, or by what the request itself is like. */
export async function isSendSuspicious(here: TenantContext, { policy, level }: CaptchaGate): Promise<boolean> {
  const network = networkOf(here.actor.ip)
  const networkFailures = policy.when === 'always' ? 0 : (await here.stores.networkTries.find(network)).failures
  return isCaptchaDue(policy, { networkFailures, crowd: isCrowd(network), level: await level() })
}

/** Undefined where no factor is to be proven now. */
export function askedOf(standing: Standing): Asked | undefined {
  const { step, steps, user } = standing
  if (step.kind !== 'factor' || steps?.composition.kind !== 'prove' || user === undefined) return undefined
  const { choices, rememberable } = steps.composition
  const credentialOf = ({ id }: EnrolledFactor) => steps.credentials.filter((credential) => credential.id === id)
  return { standing, user, choices: choices.flatMap(credentialOf), rememberable }
}

/** The one that is named, if it is among the choices; else the first, which was used last. */
function chosen({ choices }: Asked, id: string | null | undefined): Credential {
  const credential = choices.find((choice) => choice.id === id) ?? choices[0]
  if (credential === undefined) throw new IamError('gone', 'the factor was removed meanwhile; start again from the application')
  return credential
}

type Using = { readonly use: Use<Credential>; readonly latest: SessionId | undefined }

export async function useOf(c: HouseContext, { standing, user }: Asked, credential: Credential): Promise<Using> {
  const { application, interaction } = standing
  const browser = await openKnownBrowser(c.env.here, readKnownBrowserCookie(c))
  const signedInHere = browser?.people.find(({ userId }) => userId === user.id)
  const use: Use<Credential> = {
    user,
    credential,
    boundTo: interaction.id,
    sessions: [sessionIdOf(c.env.here, interaction.id), ...(standing.current ? [standing.current.session.id] : [])],
    locale: pageLocale(c, uiLocalesOf(standing.interaction, user)),
    ...(application === undefined ? {} : { clientId: application.client_id }),
    ...(browser && signedInHere ? { knownBrowser: browser.id } : {}),
  }
  return { use, latest: signedInHere?.latest }
}

type Refused = Exclude<FactorOutcome['kind'], 'right'>

const REFUSALS: Readonly<Record<Refused, (outcome: FactorOutcome) => Shown>> = {
  wrong: () => ({ problem: 'code_wrong', status: 400 }),
  // To whoever has only seen the code, a code that somebody else has used is a wrong one.
  used: () => ({ problem: 'code_wrong', status: 400 }),
  expired: () => ({ notice: { code: 'expired' }, status: 400 }),
  pending: () => ({ notice: { code: 'pending' } }),
  denied: () => ({ notice: { code: 'denied' }, status: 403 }),
  locked: (outcome) => {
    const seconds = outcome.kind === 'locked' ? outcome.retryAfterSeconds : 0
    return {
      notice: { code: 'locked', values: { count: Math.max(1, Math.ceil(seconds / 60)) } },
      status: 429,
      retryAfterSeconds: seconds,
    }
  },
}

async function refusalOf(
  c: HouseContext,
  { standing }: Asked,
  { kind }: Credential,
  outcome: Exclude<FactorOutcome, { readonly kind: 'right' }>,
): Promise<Shown> {
  if (kind === 'x509' && outcome.kind !== 'locked') {
    const { certificateNotice } = await import('./certificate_notice.ts')
    return { notice: certificateNotice(c, standing.interaction, 'because' in outcome ? outcome.because : 'late'), status: 400 }
  }
  if (kind !== 'passkey' || outcome.kind === 'locked') return REFUSALS[outcome.kind](outcome)
  return { notice: { code: outcome.kind === 'expired' ? 'enrolmentExpired' : 'passkeyRefused' }, status: 400 }
}

export function afterSending(outcome: SendOutcome): Shown {
  if (outcome.kind === 'sent') return { notice: { code: 'sent' } }
  if (outcome.kind === 'enough') return { notice: { code: 'enough' }, status: 429 }
  const { seconds } = outcome
  const notice: FactorNotice =
    seconds < 90 ? { code: 'waitSeconds', values: { count: seconds } } : { code: 'wait', values: { count: Math.ceil(seconds / 60) } }
  return { notice, status: 429, retryAfterSeconds: seconds }
}

/** Of an approval: that it was asked for, the page says by its number. */
function afterAsking(outcome: SendOutcome): Shown {
  if (outcome.kind === 'sent') return {}
  if (outcome.kind === 'enough') return { notice: { code: 'enough' }, status: 429 }
  const { seconds } = outcome
  return { notice: { code: 'pushWait', values: { count: Math.ceil(seconds / 60) } }, status: 429, retryAfterSeconds: seconds }
}

/** `GET /mfa/push`: whether the sign-in that waits was decided, for the page's script. How, the form is told. */
export async function readPush(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const asked = askedOf(standing)
  const credential = asked?.choices.find(({ id }) => id === c.req.query('credential'))
  c.header('cache-control', 'no-store')
  if (asked === undefined || credential?.kind !== 'push') return c.json({ state: 'decided' })
  const { use } = await useOf(c, asked, credential)
  return c.json({ state: (await shownNumber(c.env.here, { ...use, credential })) === undefined ? 'decided' : 'open' })
}

async function pushOf(c: HouseContext, asked: Asked, credential: Credential): Promise<{ push?: { number: string; pollHref: string } }> {
  if (credential.kind !== 'push') return {}
  const { use } = await useOf(c, asked, credential)
  const number = await shownNumber(c.env.here, { ...use, credential })
  if (number === undefined) return {}
  const query = new URLSearchParams({ interaction: asked.standing.interaction.id, credential: credential.id })
  return { push: { number, pollHref: `${c.env.here.basePath}/mfa/push?${query}` } }
}

export async function renderMfaPage(c: HouseContext, asked: Asked, credential: Credential, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { standing, user } = asked
  const { interaction } = standing
  const self = `/mfa?interaction=${interaction.id}`
  const props = await pageProps(c, { self: `${self}&credential=${credential.id}`, uiLocales: uiLocalesOf(standing.interaction, user) })
  const seconds = signInPolicyOf(here.tenant).rememberBrowserSeconds
  const gate = factorUseOf(credential).send && captchaGate(c, 'code_resend', interaction.id)
  const captcha = await gate?.show(props, shown.captcha)
  const html = renderMfa({
    ...props,
    ...(captcha ? { captcha: captcha.html } : {}),
    action: `${here.basePath}/mfa`,
    csrf: await csrfToken(here, interaction.id, user.id, 'mfa'),
    interaction: interaction.id,
    hidden: { credential: credential.id },
    user: { username: user.userName, displayName: shownName(user) },
    switchUserHref: `${here.basePath}/login?interaction=${interaction.id}&switch=1`,
    ...(credential.kind === 'passkey' ? await askPasskey(here, standing, credential) : {}),
    ...(credential.kind === 'x509' && here.certificateOrigin === undefined ? { certificatesNowhere: true } : {}),
    factor: shownFactor(credential),
    ...(await pushOf(c, asked, credential)),
    others: asked.choices
      .filter((choice, index, all) => choice !== credential && !isSameWay(choice, [credential, ...all.slice(0, index)]))
      .map((choice) => ({ ...shownFactor(choice), href: `${here.basePath}${self}&credential=${choice.id}` })),
    ...(asked.rememberable && seconds > 0 ? { rememberSeconds: seconds } : {}),
    ...(shown.notice ? { notice: shown.notice } : {}),
    ...(shown.problem ? { problem: shown.problem } : {}),
  })
  return captchaPage(c, html, { nonce: props.nonce, shown, captcha, formAction: formActionsBeyond(here, standing.interaction) })
}

/** Any of the person's own will do: the browser offers those that are at hand. */
async function askPasskey(
  here: TenantContext,
  { interaction, steps }: Standing,
  { rpId }: PasskeyCredential,
): Promise<Pick<MfaProps, 'passkey' | 'passkeyElsewhere'>> {
  const own = passkeysHere(here, steps?.credentials ?? [])
  if (own.length === 0) return { passkeyElsewhere: rpId }
  return { passkey: passkeyAsk(here, await secondStepOptions(here, interaction.id, own)) }
}

/** One way for all passkeys, and for all certificates, since the browser asks which. */
function isSameWay({ kind }: Credential, others: readonly Credential[]): boolean {
  return (kind === 'passkey' || kind === 'x509') && others.some((other) => other.kind === kind)
}

function shownFactor(credential: Credential): ShownFactor {
  const { kind, name } = credential
  return { kind, name, ...('address' in credential ? { address: maskedAddress(credential.address) } : {}) }
}
