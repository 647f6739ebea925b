/**
 * The end of an interaction: the browser session that the person has from now on. It is created under an id derived from the interaction, if absent: a proof
 * that a cookie holds is good once, so that going back after signing out signs nobody in.
 */
import type { AuthorizationGrant } from '@gatehouse/core/authorization_request.ts'
import type { SaidClaims } from '@gatehouse/core/claims.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { identifiedAt } from '@gatehouse/core/factor.ts'
import { IDLE_EVIDENCE_SECONDS } from '@gatehouse/core/idle.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { type Choice, withCompanions } from '@gatehouse/core/interaction/consent.ts'
import type { Interaction, Proof } from '@gatehouse/core/interaction/interaction.ts'
import { shownPlaceOf } from '@gatehouse/core/place.ts'
import type { Risk } from '@gatehouse/core/risk/assess.ts'
import { factorsOf, type Session, type SessionRisk } from '@gatehouse/core/session.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { type BrowserSession, endBrowserSession, sessionCookieValue } from './browser_session.ts'
import { nowSeconds, sessionIdOf } from './interaction.ts'
import type { Seen } from './risk.ts'
import { acrOf, type SessionProof, sessionProofOf } from './session_proof.ts'

export type Finished = {
  readonly session: Session
  /** The session cookie to set; absent where the browser's present one goes on. */
  readonly cookie?: string
  /** The person proved here who they are: the session's own event is the audit record of the act. */
  readonly proven: boolean
}

const FINISHED = 'this sign-in was finished before; start again'

/** `user` was read for this answer, and is active and of the proof's security epoch. `current` is whoever was signed in at this browser. */
export async function finishInteraction(
  ctx: TenantContext,
  interaction: Interaction,
  user: User,
  current: BrowserSession | undefined,
  /** Else the password came with this very request, and would have to come again. */
  proofCameBack: boolean,
  /** The person has not signed in here before: its event says so, and they are told. */
  isNewBrowser: boolean,
  /** Where the tenant looks at risk. */
  seen?: Seen,
): Promise<Finished> {
  const proof = proofBy(interaction, user)
  if (proof === undefined) {
    if (current === undefined) throw new IamError('unauthenticated', 'nobody is signed in')
    return { session: current.session, proven: false }
  }
  if (current?.user.id === user.id) return renew(ctx, interaction, current.session, proof, proofCameBack, seen)
  // What was proven adds to a session that has ended meanwhile.
  if (identifiedAt(proof.factors) === undefined) throw new IamError('gone', FINISHED)
  const created = await create(ctx, interaction, proof, isNewBrowser, seen)
  if (current !== undefined) await endBrowserSession(ctx, current.session, 'logout')
  return created
}

/** What counts of the interaction's proof: this person's, from before no change of their password. */
function proofBy({ proof }: Interaction, user: User): Proof | undefined {
  return proof?.userId === user.id && proof.securityEpoch === user.securityEpoch ? proof : undefined
}

/** What the code is to carry. `acrValues`: of the levels asked for, the first that was reached is told. */
export function grantOf(
  ctx: TenantContext,
  { session, proven }: Finished,
  user: Pick<User, 'consentEpoch'>,
  choice: Choice,
  acrValues: readonly string[],
  saidClaims?: SaidClaims,
): AuthorizationGrant {
  return {
    userId: session.userId,
    sessionId: session.id,
    authTime: session.authTime,
    amr: session.amr,
    acr: acrValues.length === 0 ? session.acr : acrOf(ctx, factorsOf(session), acrValues),
    securityEpoch: session.securityEpoch,
    consentEpoch: user.consentEpoch ?? 0,
    scopes: choice.scopes,
    claims: withCompanions(choice.claims),
    saidClaims,
    firstOfSignIn: proven,
    sessionExpiresAt: session.expiresAt,
  }
}

async function create(
  ctx: TenantContext,
  interaction: Interaction,
  proof: Proof,
  isNewBrowser: boolean,
  seen: Seen | undefined,
): Promise<Finished> {
  const secret = ctx.random.token(32)
  const session = sessionOf(ctx, interaction, proof.userId, loadProof(ctx, proof), seen)
  const keepSeconds = ctx.tenant.policies.idle ? IDLE_EVIDENCE_SECONDS : 0
  const created = await ctx.stores.sessions.create(session, secret, ctx.actor, { isNewBrowser, keepSeconds })
  if (!created) throw new IamError('gone', FINISHED)
  return { session, cookie: sessionCookieValue(session, secret), proven: true }
}

/**
 * The same person again: the session stays, so its applications stay signed in, with a fresh proof and a fresh secret. Where the proof came back in a cookie,
 * the id that the interaction would have ended in is spent first.
 */
async function renew(
  ctx: TenantContext,
  interaction: Interaction,
  session: Session,
  proof: Proof,
  proofCameBack: boolean,
  seen: Seen | undefined,
): Promise<Finished> {
  const fresh = loadProof(ctx, proof, session)
  const ended = sessionOf(ctx, interaction, proof.userId, fresh, seen)
  if (proofCameBack && !(await ctx.stores.sessions.spend(ended))) throw new IamError('gone', FINISHED)
  const secret = ctx.random.token(32)
  const { factors: _, place: __, risk: ___, ...rest } = session
  const renewed: Session = { ...rest, ...fresh, ...hereOf(ctx, seen) }
  try {
    await ctx.stores.sessions.prove(renewed, secret, ctx.actor, ended.clientId)
  } catch (error) {
    if (isConflict(error)) throw new IamError('gone', FINISHED, { cause: error })
    throw error
  }
  return { session: renewed, cookie: sessionCookieValue(session, secret), proven: true }
}

function loadProof(ctx: TenantContext, proof: Proof, before?: Session): SessionProof {
  const found = sessionProofOf(ctx, proof, before)
  if (found === undefined) throw new IamError('gone', FINISHED)
  return found
}

function sessionOf(ctx: TenantContext, interaction: Interaction, userId: UserId, proof: SessionProof, seen: Seen | undefined): Session {
  const now = nowSeconds(ctx)
  return {
    id: sessionIdOf(ctx, interaction.id),
    userId,
    ...proof,
    issuer: ctx.issuer,
    status: 'active',
    createdAt: now,
    expiresAt: now + ctx.tenant.policies.sessionSeconds,
    ...hereOf(ctx, seen),
    ...(interaction.target.kind === 'authorization' ? { clientId: interaction.target.request.clientId } : {}),
  }
}

/** Where and with what the person has just proven who they are. Nobody is looked up for it: what risk has asked, or the front door has said anyhow. */
function hereOf(ctx: TenantContext, seen: Seen | undefined): Pick<Session, 'userAgent' | 'ip' | 'place' | 'risk'> {
  const place = shownPlaceOf(seen?.place ?? ctx.saidPlace)
  return {
    userAgent: ctx.actor.userAgent ?? '',
    ip: ctx.actor.ip ?? '',
    ...(place === undefined ? {} : { place }),
    ...(seen === undefined ? {} : { risk: sessionRiskOf(seen.risk) }),
  }
}

function sessionRiskOf({ level, score, reasons }: Risk): SessionRisk {
  return { level, score, signals: reasons.map(({ signal }) => signal) }
}
