/** The sign-in page: `GET` and `POST /login`. Opened by itself it signs in to My Account. */
import { isCaptchaDue } from '@gatehouse/core/captcha.ts'
import { type Interaction, MY_ACCOUNT, ownPath } from '@gatehouse/core/interaction/interaction.ts'
import type { User } from '@gatehouse/core/user.ts'
import { beginInteraction, sessionIdOf, withFirstProof } from '@gatehouse/identity/interaction.ts'
import { type KnownBrowser, openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { checkPassword, type PasswordOutcome } from '@gatehouse/identity/password_check.ts'
import { firstStepOf } from '@gatehouse/identity/sign_in_steps.ts'
import type { Problems } from '@gatehouse/pages/page_props.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { findPendingApplicant } from '@gatehouse/workflow/pending_applicant.ts'
import type { Hono } from 'hono'
import { captchaGate } from '../captcha_gate.ts'
import { readKnownBrowserCookie, readUnlockedCookie } from '../cookies.ts'
import { checkCsrf } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { Env, HouseContext } from '../house.ts'
import { advance, follow, proceed } from './advance.ts'
import { findInteraction, keepInteraction } from './interaction_of.ts'
import type { Shown } from './login_page.ts'
import { renderLoginPage } from './render_login.ts'
import { scriptAfterFailure, standingOf } from './standing.ts'
import { tooManyTries } from './too_many_tries.ts'
import { readTypedName } from './typed_name.ts'

export function mountLogin(app: Hono<Env>): void {
  app.get('/login', showLogin)
  app.post('/login', submitLogin)
  app.post('/login/passkey', async (c) => (await import('./login_passkey.ts')).renewPasskeyOptions(c))
}

async function showLogin(c: HouseContext): Promise<Response> {
  const id = c.req.query('interaction')
  if (id === undefined) return advance(c, { kind: 'own', path: ownPath(c.req.query('continue')), ...maxAgeOf(c.req.query('max_age')) })
  const found = await findInteraction(c, id)
  if (found === undefined) return startAnew(c, 200)
  const standing = await standingOf(c, found)
  const { step, current } = standing
  // `switch`: somebody else wants to sign in, for the same request. `page`: a name was given for that.
  const isSwitch = c.req.query('switch') !== undefined
  const isNamed = c.req.query('page') === 'ways' && found.named !== undefined
  if (!isSwitch && !isNamed && step.kind !== 'login' && step.kind !== 'signup') return follow(c, standing)
  const scripted = standing.scripted || found.narrowed ? await import('./narrowed.ts') : undefined
  // For somebody else the script begins anew: what it asks of whoever is known says nothing.
  const interaction = scripted && !isSwitch ? await scripted.narrow(c, standing) : found
  const composition = standing.steps?.composition
  const kinds = composition?.kind === 'identify' ? { kinds: composition.kinds } : {}
  if (isSwitch) return renderLoginPage(c, interaction, kinds)
  // Whoever has just been given an account comes here with its name.
  const welcome = c.req.query('notice') === 'account_created' ? ({ notice: { code: 'account_created' } } as const) : {}
  if (isNamed) return renderLoginPage(c, interaction, { ...kinds, username: interaction.named ?? '', page: 'ways', ...welcome })
  return renderLoginPage(c, interaction, {
    ...kinds,
    username: scripted?.scriptedName(standing) ?? usernameHint(interaction) ?? current?.user.userName ?? '',
    // Whoever is signed in here need not give their name again.
    ...(current ? { notice: { code: 'reauthentication_required' }, page: 'ways' } : {}),
  })
}

/** The interaction was finished, or the page was left open for too long: what the application asked is gone, but one can sign in. */
async function startAnew(c: HouseContext, status: number): Promise<Response> {
  const standing = await standingOf(c, beginInteraction(c.env.here, { kind: 'own', path: MY_ACCOUNT }))
  if (standing.step.kind === 'respond') return follow(c, standing)
  await keepInteraction(c, standing.interaction)
  return renderLoginPage(c, standing.interaction, { notice: { code: 'interaction_expired' }, status })
}

async function submitLogin(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const form = await readForm(c)
  const interaction = await findInteraction(c, form.get('interaction'))
  if (interaction === undefined) return startAnew(c, 410)
  await checkCsrf(c, form.get('csrf'), interaction.id)
  const [username, password, passkey] = [form.get('username') ?? '', form.get('password') ?? '', form.get('passkey') ?? '']
  if (passkey !== '') return submitPasskey(c, interaction, passkey)
  if (form.get('way') === 'x509') return (await import('./login_certificate.ts')).askForCertificate(c, interaction)
  if (form.get('page') === 'name' || form.get('way') !== null) return (await import('./login_name.ts')).submitName(c, interaction, form)
  const problems: Problems = {
    ...(username.trim() === '' ? { username: 'required' } : {}),
    ...(password === '' ? { password: 'required' } : {}),
  }
  const at = problems.username === undefined ? ({ page: 'ways' } as const) : {}
  if (Object.keys(problems).length > 0) return renderLoginPage(c, interaction, { username, problems, status: 422, ...at })

  if (!(await takesPassword(c, interaction))) return renderLoginPage(c, interaction, { username, status: 422 })

  const gate = captchaGate(c, 'sign_in', interaction.id)
  const beforehand = gate !== undefined && isCaptchaDue(gate.policy, { level: await gate.level() })
  if (beforehand) {
    const refused = await gate.pass(form)
    if (refused) return renderLoginPage(c, interaction, { username, page: 'ways', captcha: refused })
  }
  const typed = await readTypedName(c, interaction, username)
  if (typed.kind === 'elsewhere') return c.redirect(typed.href, 303)
  const attempt = {
    userName: typed.userName,
    password,
    sessionId: sessionIdOf(here, interaction.id),
    knownBrowser: await browserOfTries(c),
  }
  const captcha = beforehand ? undefined : gate?.policy
  let outcome = await checkPassword(
    here,
    { ...attempt, ...(captcha ? { captcha: { policy: captcha, passed: false } } : {}) },
    findPendingApplicant,
  )
  if (gate && captcha && outcome.kind === 'captcha_due') {
    const refused = await gate.pass(form)
    if (refused) return renderLoginPage(c, interaction, { username, page: 'ways', captcha: refused })
    outcome = await checkPassword(here, { ...attempt, captcha: { policy: captcha, passed: true } }, findPendingApplicant)
  }
  if (outcome.kind === 'right') {
    const user = await withBreachSeen(here, outcome.user, password)
    return proceed(c, withFirstProof(here, interaction, user, 'password', outcome.checked), user)
  }
  // A script may have something else to do after a failure. It learns what was typed, and not whether there is such a person.
  const moved = outcome.kind === 'wrong' ? await scriptAfterFailure(c, interaction, username) : undefined
  if (moved !== undefined && moved.step.kind !== 'login') return follow(c, moved)
  const shown = moved ? await (await import('./narrowed.ts')).narrow(c, moved) : interaction
  return renderLoginPage(c, shown, { username, page: 'ways', ...REFUSALS[outcome.kind](outcome) })
}

/** A policy without passwords has no use for one, and tells nobody whether it is right. */
async function takesPassword(c: HouseContext, interaction: Interaction): Promise<boolean> {
  const { here } = c.env
  const { target } = interaction
  const application = target.kind === 'authorization' ? await here.configuration.findApplication(target.request.clientId) : undefined
  return firstStepOf(here, interaction, application).accepted.includes('password')
}

/** The verification is larger than all else of the sign-in, and loaded with the first passkey. */
async function submitPasskey(c: HouseContext, interaction: Interaction, text: string): Promise<Response> {
  const { checkFirstPasskey } = await import('./login_passkey.ts')
  const outcome = await checkFirstPasskey(c, interaction, text)
  if (outcome.kind === 'refused') return renderLoginPage(c, interaction, outcome.shown)
  return proceed(c, withFirstProof(c.env.here, interaction, outcome.user, outcome.proven), outcome.user)
}

/** Where the tenant wants to know of each right password whether it was seen in a breach. */
async function withBreachSeen(here: TenantContext, user: User, password: string): Promise<User> {
  if (!here.tenant.policies.password.breached?.atSignIn) return user
  const { considerBreach } = await import('@gatehouse/identity/breached_password.ts')
  return considerBreach(here, user, password)
}

/** A browser that the person has used before, or that a mailed link has unlocked, has tries of its own. */
async function browserOfTries(c: HouseContext): Promise<KnownBrowser | undefined> {
  const known = await openKnownBrowser(c.env.here, readKnownBrowserCookie(c))
  const unlocked = readUnlockedCookie(c)
  if (unlocked === undefined) return known
  const { withUnlocked } = await import('@gatehouse/identity/unlocking.ts')
  return withUnlocked(c.env.here, known, unlocked)
}

type Refused = Exclude<PasswordOutcome['kind'], 'right'>

const REFUSALS: Readonly<Record<Refused, (outcome: PasswordOutcome) => Shown>> = {
  wrong: (outcome) => ({
    notice: { code: 'invalid_credentials' },
    status: 400,
    ...(outcome.kind === 'wrong' && outcome.captchaDue ? { captcha: 'due' } : {}),
  }),
  captcha_due: () => ({ captcha: 'due' }),
  inactive: () => ({ notice: { code: 'account_inactive' }, status: 403 }),
  waits_for_approval: () => ({ notice: { code: 'registration_pending' }, status: 403 }),
  locked: (outcome) => tooManyTries(outcome.kind === 'locked' ? outcome.retryAfterSeconds : 0),
}

function usernameHint({ target }: Interaction): string | undefined {
  return target.kind === 'authorization' ? target.request.loginHint : undefined
}

function maxAgeOf(text: string | undefined): { maxAge?: number } {
  return text !== undefined && /^\d{1,9}$/.test(text) ? { maxAge: Number(text) } : {}
}
