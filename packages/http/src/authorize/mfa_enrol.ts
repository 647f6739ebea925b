/** A second factor is enrolled in the midst of a sign-in that needs one: `GET` and `POST /mfa/enrol`. Proving it for the first time is its enrolment, and counts for this sign-in. */

import { IamError } from '@gatehouse/core/error.ts'
import { primaryEmail, primaryPhoneNumber, shownName, type User } from '@gatehouse/core/user.ts'
import { deviceName } from '@gatehouse/core/user_agent.ts'
import {
  type BegunEnrolment,
  beginSent,
  beginTotp,
  confirmEnrolment,
  type EnrollableKind,
  type EnrolmentFacts,
  findAddressProblem,
  isEnrollable,
  reopenEnrolment,
  resendEnrolment,
} from '@gatehouse/identity/enrolment.ts'
import { withFactorProof } from '@gatehouse/identity/interaction.ts'
import { passkeyHost } from '@gatehouse/identity/passkeys/host.ts'
import { creationOptions } from '@gatehouse/identity/passkeys/own_options.ts'
import { takesCertificates } from '@gatehouse/identity/sign_in_steps.ts'
import type { FactorNotice } from '@gatehouse/pages/mfa.tsx'
import { type EnrolStep, renderMfaEnrol } from '@gatehouse/pages/mfa_enrol.tsx'
import type { Problem } from '@gatehouse/pages/page_props.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { formActionsBeyond, uiLocalesOf } from '../interaction_page.ts'
import { page, pageLocale, pageProps } from '../page.ts'
import { follow, proceed } from './advance.ts'
import { loadInteraction } from './interaction_of.ts'
import { afterSending } from './mfa.ts'
import { passkeyAsk } from './passkey_ask.ts'
import { type Standing, standingOf } from './standing.ts'

export type Needed = {
  readonly standing: Standing
  readonly user: User
  readonly kinds: readonly EnrollableKind[]
  readonly passkey: boolean
  readonly certificate: boolean
}

type Shown = {
  readonly step: EnrolStep
  readonly sealed?: string
  readonly notice?: FactorNotice
  readonly problem?: Problem
  readonly status?: number
}

export async function showMfaEnrol(c: HouseContext): Promise<Response> {
  const standing = await standingOf(c, await loadInteraction(c, c.req.query('interaction')))
  const needed = neededOf(c.env.here, standing)
  if (needed === undefined) return follow(c, standing)
  const asked = waysOf(needed).length === 1 ? waysOf(needed)[0] : c.req.query('kind')
  if (asked === 'x509' && needed.certificate) return renderEnrolment(c, needed, { step: { kind: 'x509' } })
  if (asked === 'passkey' && needed.passkey) return renderEnrolment(c, needed, await askForPasskey(c, needed))
  const kind = needed.kinds.find((one) => one === asked)
  return renderEnrolment(c, needed, kind === undefined ? { step: choose(c, needed) } : await first(c, needed, kind))
}

export async function submitMfaEnrol(c: HouseContext): Promise<Response> {
  const form = await readForm(c)
  const interaction = await loadInteraction(c, form.get('interaction'))
  const standing = await standingOf(c, interaction)
  const needed = neededOf(c.env.here, standing)
  if (needed === undefined) return follow(c, standing)
  await checkCsrf(c, form.get('csrf'), interaction.id, needed.user.id, 'enrol')
  const kind = needed.kinds.find((one) => one === form.get('kind'))
  if (form.get('kind') === 'passkey' && needed.passkey) return enrolPasskey(c, needed, form)
  if (form.get('kind') === 'x509' && needed.certificate) {
    const { sendToCertificates } = await import('./certificate_lead.ts')
    return (await sendToCertificates(c, 'enrolment', interaction)) ?? renderEnrolment(c, needed, { step: { kind: 'x509' }, status: 422 })
  }
  if (kind === undefined) throw new IamError('invalid_request', 'kind is one of those that the page offers')
  const act = ACTIONS[form.get('action') ?? ''] ?? confirm
  return act(c, needed, kind, form)
}

type Act = (c: HouseContext, needed: Needed, kind: EnrollableKind, form: URLSearchParams) => Promise<Response>

const ACTIONS: Readonly<Record<string, Act>> = { send, resend }

async function send(c: HouseContext, needed: Needed, kind: EnrollableKind, form: URLSearchParams): Promise<Response> {
  if (kind === 'totp') throw new IamError('invalid_request', 'nothing is sent for this factor')
  const value = form.get(kind === 'email_otp' ? 'email' : 'phone_number') ?? ''
  const problem = findAddressProblem(kind, value)
  if (problem !== undefined)
    return renderEnrolment(c, needed, { step: { kind: 'address', of: kind, value }, problem: problem as Problem, status: 422 })
  const { standing, user } = needed
  const begun = await beginSent(c.env.here, user, kind, value, standing.interaction.id, factsOf(c, needed))
  return renderEnrolment(c, needed, { ...shownOf(begun), ...afterSending(begun.outcome) })
}

async function resend(c: HouseContext, needed: Needed, kind: EnrollableKind, form: URLSearchParams): Promise<Response> {
  const { here } = c.env
  const { standing, user } = needed
  const sealed = form.get('enrolment') ?? ''
  const begun = await reopenEnrolment(here, user, standing.interaction.id, sealed)
  const sent = await resendEnrolment(here, user, standing.interaction.id, sealed, factsOf(c, needed))
  if (begun === undefined || sent === undefined) return beginAnew(c, needed, kind)
  return renderEnrolment(c, needed, { ...shownOf(begun), ...afterSending(sent) })
}

async function confirm(c: HouseContext, needed: Needed, kind: EnrollableKind, form: URLSearchParams): Promise<Response> {
  const { here } = c.env
  const { standing, user } = needed
  const { interaction } = standing
  const sealed = form.get('enrolment') ?? ''
  const begun = await reopenEnrolment(here, user, interaction.id, sealed)
  if (begun === undefined || begun.kind !== kind) return beginAnew(c, needed, kind)
  const text = form.get('otp') ?? ''
  if (text.trim() === '') return renderEnrolment(c, needed, { ...shownOf(begun), problem: 'required', status: 422 })
  const outcome = await confirmEnrolment(here, user, { boundTo: interaction.id, sealed, text, name: '' })
  if (outcome.kind === 'enrolled') return proceed(c, withFactorProof(here, interaction, outcome.user, kind))
  const shown = outcome.kind === 'wrong' ? { problem: 'code_wrong' as const } : { notice: { code: 'expired' as const } }
  return renderEnrolment(c, needed, { ...shownOf(begun), ...shown, status: 400 })
}

async function beginAnew(c: HouseContext, needed: Needed, kind: EnrollableKind): Promise<Response> {
  return renderEnrolment(c, needed, { ...(await first(c, needed, kind)), notice: { code: 'enrolmentExpired' }, status: 410 })
}

/** Undefined where nothing is to be enrolled now. */
export function neededOf(here: TenantContext, standing: Standing): Needed | undefined {
  const { step, steps, user } = standing
  if (step.kind !== 'enrolment' || steps?.composition.kind !== 'enrol' || user === undefined) return undefined
  const { kinds } = steps.composition
  const passkey = kinds.includes('passkey') && passkeyHost(here) !== undefined
  return { standing, user, kinds: kinds.filter(isEnrollable), passkey, certificate: kinds.includes('x509') && takesCertificates(here) }
}

function waysOf({ kinds, passkey, certificate }: Needed): (EnrollableKind | 'passkey' | 'x509')[] {
  return [...(passkey ? (['passkey'] as const) : []), ...kinds, ...(certificate ? (['x509'] as const) : [])]
}

async function askForPasskey(c: HouseContext, { standing, user }: Needed): Promise<Shown> {
  const { here } = c.env
  const options = await creationOptions(here, user, standing.interaction.id, await here.stores.credentials.list(user.id))
  return { step: { kind: 'passkey', ask: passkeyAsk(here, options) } }
}

/** Making one is its enrolment and its first proof. */
async function enrolPasskey(c: HouseContext, needed: Needed, form: URLSearchParams): Promise<Response> {
  const { here } = c.env
  const { standing, user } = needed
  const { interaction } = standing
  const { registerPasskey } = await import('@gatehouse/identity/passkeys/registration.ts')
  const fallbackName = deviceName(here.actor.userAgent ?? '')
  const outcome = await registerPasskey(here, user, { text: form.get('passkey') ?? '', boundTo: interaction.id, name: '', fallbackName })
  if (outcome.kind === 'registered') return proceed(c, withFactorProof(here, interaction, outcome.user, outcome.proven))
  const notice: FactorNotice = { code: PASSKEY_NOTICES[outcome.kind] }
  return renderEnrolment(c, needed, { ...(await askForPasskey(c, needed)), notice, status: 400 })
}

const PASSKEY_NOTICES = { wrong: 'passkeyNotAdded', expired: 'enrolmentExpired', untrusted: 'passkeyUntrusted' } as const

/** Where the enrolment of a kind begins: with what is proposed from the profile. */
async function first(c: HouseContext, { standing, user }: Needed, kind: EnrollableKind): Promise<Shown> {
  if (kind === 'totp') return shownOf(await beginTotp(c.env.here, user, standing.interaction.id))
  const known = kind === 'email_otp' ? primaryEmail(user) : primaryPhoneNumber(user)
  return { step: { kind: 'address', of: kind, value: known?.value ?? '' } }
}

function choose(c: HouseContext, needed: Needed): EnrolStep {
  const self = `${c.env.here.basePath}/mfa/enrol?interaction=${needed.standing.interaction.id}`
  return { kind: 'choose', choices: waysOf(needed).map((kind) => ({ kind, href: `${self}&kind=${kind}` })) }
}

function shownOf(begun: BegunEnrolment): Shown {
  const { sealed } = begun
  if (begun.kind === 'totp') return { sealed, step: { kind: 'totp', uri: begun.uri, key: begun.key } }
  return { sealed, step: { kind: 'sent', of: begun.kind, address: begun.address } }
}

function factsOf(c: HouseContext, { standing, user }: Needed): EnrolmentFacts {
  const { application } = standing
  const locale = pageLocale(c, uiLocalesOf(standing.interaction, user))
  return { locale, ...(application === undefined ? {} : { clientId: application.client_id }) }
}

export async function renderEnrolment(c: HouseContext, needed: Needed, shown: Shown): Promise<Response> {
  const { here } = c.env
  const { standing, user } = needed
  const { interaction } = standing
  const { step, sealed } = shown
  const self = `/mfa/enrol?interaction=${interaction.id}`
  const kind = step.kind === 'choose' ? undefined : 'of' in step ? step.of : step.kind
  const props = await pageProps(c, {
    self: kind === undefined ? self : `${self}&kind=${kind}`,
    uiLocales: uiLocalesOf(standing.interaction, user),
  })
  const html = renderMfaEnrol({
    ...props,
    action: `${here.basePath}/mfa/enrol`,
    csrf: await csrfToken(here, interaction.id, user.id, 'enrol'),
    interaction: interaction.id,
    hidden: { ...(kind === undefined ? {} : { kind }), ...(sealed === undefined ? {} : { enrolment: sealed }) },
    user: { username: user.userName, displayName: shownName(user) },
    step,
    ...(step.kind !== 'choose' && waysOf(needed).length > 1 ? { otherHref: `${here.basePath}${self}` } : {}),
    ...(shown.notice ? { notice: shown.notice } : {}),
    ...(shown.problem ? { problem: shown.problem } : {}),
  })
  return page(c, html, { nonce: props.nonce, status: shown.status ?? 200, formAction: formActionsBeyond(here, standing.interaction) })
}
