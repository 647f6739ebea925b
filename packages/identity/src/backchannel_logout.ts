/**
 * OpenID Connect Back-Channel Logout 1.0: tells each application of a session that it ended. Tried once when `relay` learns of it, so that one that does not
 * answer holds up no other; then again and again with growing pauses, from the store, for most of a day; then an operator is told.
 */
import { hash } from 'node:crypto'
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId } from '@gatehouse/core/ids.ts'
import type { LateLogout } from '@gatehouse/store/late_logout.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { LOGOUT_TOKEN_SECONDS } from './lifetimes.ts'
import { signJwt } from './sign_jwt.ts'
import { nowSeconds } from './signing_keys.ts'

/** Before each further try; the roof asks once a minute, or as often as it does. Seventeen hours in all. */
const PAUSES_SECONDS: readonly number[] = [60, 300, 900, 3_600, 14_400, 43_200]
const TIMEOUT_MILLISECONDS = 3_000
/** Of those that are late: so many are looked at in one round, and so many are told at one time. */
const ROUND = 200
const AT_ONCE = 20
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'
/** Section 2.8 has 400 for what went wrong there; these say that another try may do. */
const MAY_PASS: ReadonlySet<number> = new Set([404, 408, 425, 429])

/** Once per event and application, however often the event is delivered. For `relay`, on `session.ended`. */
export async function sendBackchannelLogouts(ctx: TenantContext, event: HouseEvent): Promise<void> {
  const { userId, sessionId } = event
  if (userId === undefined || sessionId === undefined) return
  // Those that the logout has revoked already are the very ones to tell; what has expired meanwhile may be a session there that has not.
  const authorizations = await ctx.stores.authorizations.list(userId, { sessionId, ended: true })
  // Section 2.4: the issuer is the one that the application knows, which need not be the one that this is handled at.
  const issuers = new Map(authorizations.map(({ clientId, issuer }) => [clientId, issuer]))
  await Promise.all(
    [...issuers].map(async ([clientId, issuer]) => {
      if (await ctx.stores.sentMarks.has(markOf(event, clientId))) return
      const outcome = await tryOnce(ctx, { clientId, issuer, ended: event, failures: 0, lastFailure: '', dueAt: nowSeconds(ctx) })
      if (outcome !== 'given_up') await ctx.stores.sentMarks.mark(markOf(event, clientId))
    }),
  )
}

/** Tries again what is due, for the roof's clock. Returns how many there were. */
export async function sendLateLogouts(ctx: TenantContext): Promise<number> {
  const due = await ctx.stores.lateLogouts.listDue(ROUND)
  const waiting = [...due]
  const work = async () => {
    for (let late = waiting.shift(); late !== undefined; late = waiting.shift()) {
      const outcome = await tryOnce(ctx, late)
      // Whoever replays the end of the session means this application.
      if (outcome === 'given_up') await ctx.stores.sentMarks.unmark(markOf(late.ended, late.clientId))
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))
  return due.length
}

/** The end of the session that a `logout.undelivered` is about: what an operator has handled again. */
export function endedOf({ tenant, userId, sessionId, data = {} }: HouseEvent): HouseEvent {
  return {
    id: `evt_${String(data.endedBy).slice(4)}`,
    kind: 'session.ended',
    tenant,
    at: Number(data.endedAt),
    actor: {},
    audited: true,
    ...(userId ? { userId } : {}),
    ...(sessionId ? { sessionId } : {}),
    data: { because: String(data.because) },
  }
}

async function tryOnce(ctx: TenantContext, late: LateLogout): Promise<'taken' | 'later' | 'given_up'> {
  const { lateLogouts } = ctx.stores
  const application = await ctx.configuration.findApplicationAnywhere(late.clientId)
  const url = application?.backchannel_logout_uri
  const failure = application && url !== undefined ? await tell(ctx, application, url, late) : undefined
  if (failure === undefined) {
    if (late.failures > 0) await lateLogouts.remove(late)
    return 'taken'
  }
  const failures = late.failures + 1
  const pause = failure.mayPass ? PAUSES_SECONDS[late.failures] : undefined
  const facts = { tenant: ctx.tenant.id, clientId: late.clientId, eventId: late.ended.id, failures, failure: failure.sentence }
  if (pause === undefined) {
    ctx.log.write('error', 'back-channel logout given up', facts)
    await lateLogouts.giveUp({ ...late, failures, lastFailure: failure.sentence })
    return 'given_up'
  }
  ctx.log.write('warn', 'back-channel logout failed', { ...facts, nextTryInSeconds: pause })
  const next: LateLogout = { ...late, failures, lastFailure: failure.sentence, dueAt: nowSeconds(ctx) + pause }
  await (late.failures === 0 ? lateLogouts.add(next) : lateLogouts.postpone(late, next))
  return 'later'
}

/** Undefined: the application has taken it. */
async function tell(
  ctx: TenantContext,
  application: Application,
  url: string,
  late: LateLogout,
): Promise<{ sentence: string; mayPass: boolean } | undefined> {
  const body = new URLSearchParams({ logout_token: await logoutToken(ctx, application, late) }).toString()
  try {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status } = await ctx.egress.send({ url, method: 'POST', headers, body, timeoutMilliseconds: TIMEOUT_MILLISECONDS })
    // Section 2.8: 200 and, as many frameworks have it, 204.
    if (status === 200 || status === 204) return undefined
    return { sentence: `it answered ${status}`, mayPass: status >= 500 || MAY_PASS.has(status) }
  } catch (error) {
    if (error instanceof IamError) return { sentence: error.description, mayPass: error.code === 'unavailable' }
    throw error
  }
}

/** Section 2.4. The same `jti` at each try, so that an application that got it twice can tell. No nonce, ever: it must not pass for an ID token. */
function logoutToken(ctx: TenantContext, application: Application, { issuer, ended }: LateLogout): Promise<string> {
  const now = nowSeconds(ctx)
  return signJwt(ctx, application.id_token_signed_response_alg, 'logout+jwt', {
    iss: issuer,
    sub: ended.userId,
    aud: application.client_id,
    iat: now,
    exp: now + LOGOUT_TOKEN_SECONDS,
    jti: hash('sha256', `${ended.id}\n${application.client_id}`, 'base64url').slice(0, 22),
    events: { [LOGOUT_EVENT]: {} },
    sid: ended.sessionId,
  })
}

function markOf(ended: Pick<HouseEvent, 'id'>, clientId: ClientId): string {
  return `backchannel_logout/${ended.id}/${clientId}`
}
