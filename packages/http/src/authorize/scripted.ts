/** A sign-in that follows an adaptive script: hands the script's room what the door knows, and makes facts for `next_step` of its answer. Loaded with the first script. */
import { stepAsAsked } from '@gatehouse/core/adaptive_script.ts'
import type { Application } from '@gatehouse/core/application.ts'
import type { SaidClaims } from '@gatehouse/core/claims.ts'
import type { ErrorCode } from '@gatehouse/core/error.ts'
import { ERROR_STATUS } from '@gatehouse/core/error.ts'
import type { ProvenFactor } from '@gatehouse/core/factor.ts'
import type { Interaction } from '@gatehouse/core/interaction/interaction.ts'
import { type Facts, nextStep } from '@gatehouse/core/interaction/next_step.ts'
import type { SignInStep } from '@gatehouse/core/sign_in_policy.ts'
import type { User } from '@gatehouse/core/user.ts'
import { CODES } from '@gatehouse/identity/authorization_response.ts'
import { type BrowserSession, endBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { sessionIdOf } from '@gatehouse/identity/interaction.ts'
import type { KnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { seal, unseal } from '@gatehouse/identity/seal.ts'
import { considerSteps, type RiskSoFar, type SignInSteps, wantedBy } from '@gatehouse/identity/sign_in_steps.ts'
import type { End } from '@gatehouse/policy/script/ended.ts'
import { followScript, type Input, type ScriptStanding } from '@gatehouse/policy/script/follow.ts'
import type { ScriptCookie, SeenRequest } from '@gatehouse/policy/script/host_function.ts'
import { readScriptCookie, setScriptCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { pageLocale } from '../page.ts'

export type ScriptInput = Input

/** Who signs in, as far as it is known. */
export type Known = { readonly user: User; readonly authTime: number; readonly here: boolean; readonly factors: readonly ProvenFactor[] }

export type Scripted = {
  readonly facts: Pick<Facts, 'script' | 'refusal'>
  readonly steps: SignInSteps | undefined
  /** Undefined where the script was not asked: something else comes first. */
  readonly standing: ScriptStanding<SignInSteps> | undefined
  readonly errorUri?: string
  /** Told to the application where it was reached. */
  readonly selectedAcr?: readonly string[]
  /** In place of the person's record, for what comes of this sign-in. */
  readonly saidClaims?: SaidClaims
}

type Scripting = {
  readonly script: string
  /** What would come next if no steps were due. */
  readonly asked: Facts
  readonly interaction: Interaction
  readonly application: Application | undefined
  readonly known: Known | undefined
  readonly current: BrowserSession | undefined
  readonly knownBrowser: () => Promise<KnownBrowser | undefined>
  readonly risk: RiskSoFar
  readonly input: ScriptInput | undefined
}

export async function followScriptOf(c: HouseContext, of: Scripting): Promise<Scripted> {
  const { here } = c.env
  const { interaction, application, input } = of
  const { target } = interaction
  const before = nextStep(of.asked)
  if (before.kind === 'signup' || before.kind === 'error') return { facts: {}, steps: undefined, standing: undefined }
  // Who has to sign in again is nobody yet: a script decides nothing about whoever sits at this browser.
  const known = before.kind === 'login' ? undefined : of.known
  const wanted = wantedBy(here, target, application)
  const consider = (steps: readonly SignInStep[], proven = known?.factors ?? [], whole = false) => {
    if (known === undefined) throw new Error('nobody is known')
    const asked = whole ? { ...wanted, steps } : { ...wanted, steps, acrValues: [], acrEssential: false, sure: false }
    return considerSteps(here, {
      user: known.user,
      proven,
      target,
      application,
      knownBrowser: of.knownBrowser,
      wanted: asked,
      risk: of.risk,
    })
  }
  const standing = await followScript<SignInSteps>({
    ctx: here,
    interactionId: interaction.id,
    expiresAt: interaction.expiresAt,
    clientId: application?.client_id,
    applicationName: application?.client_name ?? here.tenant.display_name,
    requestedAcr: wanted.acrValues,
    script: of.script,
    policySteps: wanted.steps,
    locale: pageLocale(c, target.kind === 'authorization' ? target.request.uiLocales : []),
    request: seenRequest(c, interaction),
    powers: {
      seal: (purpose, text) => seal(here, purpose, text),
      unseal: (purpose, sealed) => unseal(here, purpose, sealed),
      endSession: (userId, id) => endBrowserSession(here, { userId, id }, 'ended_by_user'),
    },
    sessionId: sessionIdOf(here, interaction.id),
    browserSession: of.current && { ...(of.current.session.clientId === undefined ? {} : { clientId: of.current.session.clientId }) },
    known: known && {
      user: known.user,
      factors: known.factors,
      here: interaction.proof?.userId === known.user.id ? interaction.proof.factors : [],
    },
    consider,
    ...(input === undefined ? {} : { input }),
  })
  sendCookies(c, standing.cookies)
  if (standing.kind === 'step') return { facts: {}, steps: standing.considered, standing }
  if (standing.kind === 'prompt') return { facts: { script: 'prompt' }, steps: undefined, standing }
  const { end } = standing
  if (end.kind !== 'done') return { ...refused(end), steps: undefined, standing }
  const [first] = wanted.steps
  const fallback = first && stepAsAsked(first, undefined, false)
  const steps = end.steps.length > 0 ? end.steps : fallback ? [fallback] : []
  return {
    facts: {},
    steps: known && (await consider(steps, known.factors, true)),
    standing,
    ...(end.selectedAcr === undefined ? {} : { selectedAcr: [end.selectedAcr] }),
    ...(end.claims === undefined ? {} : { saidClaims: end.claims }),
  }
}

function refused(end: Exclude<End, { kind: 'done' }>): Pick<Scripted, 'facts' | 'errorUri'> {
  if (end.kind !== 'refused') return { facts: { script: 'error' } }
  const { code, message = 'the sign-in was refused', uri } = end
  const known = isErrorCode(code) && CODES.has(code) ? code : undefined
  const description = known === undefined && code !== undefined ? `${code}: ${message}` : message
  const errorUri = uri !== undefined && URL.canParse(uri) ? new URL(uri).href : undefined
  return { facts: { refusal: { code: known ?? 'access_denied', description } }, ...(errorUri === undefined ? {} : { errorUri }) }
}

function isErrorCode(text: string | undefined): text is ErrorCode {
  return text !== undefined && Object.hasOwn(ERROR_STATUS, text)
}

function seenRequest(c: HouseContext, { target }: Interaction): SeenRequest {
  return {
    ip: c.env.here.actor.ip,
    header: (name) => c.req.header(name),
    cookie: (name) => readScriptCookie(c, name),
    // One that only the script knows is there in the request that begins the sign-in.
    parameter: (name) => (target.kind === 'authorization' ? (parameterOf(target.request, name) ?? ownParameter(c, name)) : undefined),
  }
}

type Request = Extract<Interaction['target'], { kind: 'authorization' }>['request']

/** What the application asked, in the names of the wire. */
const PARAMETERS: Readonly<Record<string, (request: Request) => string | undefined>> = {
  client_id: ({ clientId }) => clientId,
  redirect_uri: ({ redirectUri }) => redirectUri,
  scope: ({ scopes }) => scopes.join(' '),
  state: ({ state }) => state,
  nonce: ({ nonce }) => nonce,
  acr_values: ({ acrValues }) => acrValues.join(' ') || undefined,
  login_hint: ({ loginHint }) => loginHint,
  prompt: ({ prompt }) => prompt.join(' ') || undefined,
  max_age: ({ maxAge }) => (maxAge === undefined ? undefined : String(maxAge)),
  ui_locales: ({ uiLocales }) => uiLocales.join(' ') || undefined,
}

function parameterOf(request: Request, name: string): string | undefined {
  return Object.hasOwn(PARAMETERS, name) ? PARAMETERS[name]?.(request) : undefined
}

function ownParameter(c: HouseContext, name: string): string | undefined {
  return c.req.path.endsWith('/oauth2/authorize') ? c.req.query(name) : undefined
}

/** With every answer: one that was lost on the way comes again. */
function sendCookies(c: HouseContext, cookies: readonly ScriptCookie[]): void {
  for (const { name, value, maxAge, sameSite } of cookies) setScriptCookie(c, name, value, maxAge, sameSite ?? 'Lax')
}
