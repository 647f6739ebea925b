/** OpenID Connect Back-Channel Logout 1.0: tells each application of a session that it ended. For `relay`, on `session.ended`. */
import { hash } from 'node:crypto'
import type { Application } from '@gatehouse/core/application.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { LOGOUT_TOKEN_SECONDS } from './lifetimes.ts'
import { signJwt } from './sign_jwt.ts'
import { nowSeconds } from './signing_keys.ts'

const TRIES = 3
const TIMEOUT_MILLISECONDS = 3_000
const LOGOUT_EVENT = 'http://schemas.openid.net/event/backchannel-logout'

type Ended = { readonly eventId: string; readonly userId: UserId; readonly sessionId: SessionId }

/**
 * Once per event and application, however often the event is delivered. One that cannot be reached is tried a few times and then let be: its access ends
 * within the life of an access token anyway, and others must not wait for it.
 */
export async function sendBackchannelLogouts(ctx: TenantContext, event: HouseEvent): Promise<void> {
  const { id: eventId, userId, sessionId } = event
  if (userId === undefined || sessionId === undefined) return
  // Those that the logout has revoked already are the very ones to tell.
  const authorizations = await ctx.stores.authorizations.list(userId, { sessionId, revoked: true })
  const clientIds = [...new Set(authorizations.map((authorization) => authorization.clientId))]
  await Promise.all(clientIds.map((clientId) => tellOnce(ctx, clientId, { eventId, userId, sessionId })))
}

async function tellOnce(ctx: TenantContext, clientId: string, ended: Ended): Promise<void> {
  const application = await ctx.configuration.findApplication(clientId)
  const uri = application?.backchannel_logout_uri
  if (!application || uri === undefined) return
  const mark = `backchannel_logout/${ended.eventId}/${clientId}`
  if (await ctx.stores.sentMarks.has(mark)) return
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const failure = await tell(ctx, application, uri, ended)
    if (failure === undefined) break
    ctx.log.write('warn', 'back-channel logout failed', {
      tenant: ctx.tenant.id,
      clientId,
      eventId: ended.eventId,
      attempt,
      failure: failure.sentence,
    })
    if (!failure.mayPass) break
  }
  await ctx.stores.sentMarks.mark(mark)
}

/** Undefined: the application has taken it. */
async function tell(
  ctx: TenantContext,
  application: Application,
  url: string,
  ended: Ended,
): Promise<{ sentence: string; mayPass: boolean } | undefined> {
  const body = new URLSearchParams({ logout_token: await logoutToken(ctx, application, ended) }).toString()
  try {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const { status } = await ctx.egress.send({ url, method: 'POST', headers, body, timeoutMilliseconds: TIMEOUT_MILLISECONDS })
    // Section 2.8: 200 and, as many frameworks have it, 204.
    return status === 200 || status === 204 ? undefined : { sentence: `it answered ${status}`, mayPass: status >= 500 }
  } catch (error) {
    if (error instanceof IamError) return { sentence: error.description, mayPass: error.code === 'unavailable' }
    throw error
  }
}

/** Section 2.4. The same `jti` at each try, so that an application that got it twice can tell. No nonce, ever: it must not pass for an ID token. */
function logoutToken(ctx: TenantContext, application: Application, ended: Ended): Promise<string> {
  const now = nowSeconds(ctx)
  return signJwt(ctx, application.id_token_signed_response_alg, 'logout+jwt', {
    iss: ctx.issuer,
    sub: ended.userId,
    aud: application.client_id,
    iat: now,
    exp: now + LOGOUT_TOKEN_SECONDS,
    jti: hash('sha256', `${ended.eventId}\n${application.client_id}`, 'base64url').slice(0, 22),
    events: { [LOGOUT_EVENT]: {} },
    sid: ended.sessionId,
  })
}
