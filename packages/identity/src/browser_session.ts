/** The session of a browser at our issuer, by its cookie: user, session and secret, so that no index is needed and nothing in it can be guessed. */
import { timingSafeEqual } from 'node:crypto'
import { isId, type SessionId, type UserId } from '@gatehouse/core/ids.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { User } from '@gatehouse/core/user.ts'
import { hashOfSecret } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from './interaction.ts'
import { revokeBySession } from './revocation.ts'

export type BrowserSession = { readonly session: Session; readonly user: User }

type Handle = { readonly userId: UserId; readonly sessionId: SessionId; readonly secret: string }

export function sessionCookieValue(session: Pick<Session, 'id' | 'userId'>, secret: string): string {
  return `${session.userId}.${session.id}.${secret}`
}

/** The session is active, of this issuer and of this secret, and the person is active and has not changed the password since. */
export async function findBrowserSession(ctx: TenantContext, cookieValue: string | undefined): Promise<BrowserSession | undefined> {
  const handle = parseHandle(cookieValue)
  if (handle === undefined) return undefined
  const stored = await ctx.stores.sessions.find(handle.userId, handle.sessionId)
  if (stored === undefined || !isSecret(handle.secret, stored.secretHash)) return undefined
  if (stored.status !== 'active' || stored.expiresAt <= nowSeconds(ctx) || stored.issuer !== ctx.issuer) return undefined
  const user = await ctx.stores.users.find(handle.userId)
  if (user === undefined || !user.active || user.securityEpoch !== stored.securityEpoch) return undefined
  const { secretHash, ...session } = stored
  return { session, user }
}

/** With what was granted in it. False when it had ended before. Its event makes `relay` tell the applications. */
export async function endBrowserSession(
  ctx: TenantContext,
  session: Pick<Session, 'id' | 'userId'>,
  because: 'logout' | 'ended_by_user',
): Promise<boolean> {
  const { userId, id: sessionId } = session
  const ended = await ctx.stores.sessions.end(userId, sessionId, because, { ...ctx.actor, userId, sessionId })
  await revokeBySession(ctx, userId, sessionId, because === 'logout' ? 'logout' : 'session_ended')
  return ended
}

/** All of a person's but one, with what was granted in them: how many there were. */
export async function endSessions(
  ctx: TenantContext,
  userId: UserId,
  because: 'ended_by_user' | 'password_changed',
  but?: SessionId,
): Promise<number> {
  const ending = (await ctx.stores.sessions.list(userId)).filter(({ id }) => id !== but)
  const ended = await Promise.all(ending.map(({ id }) => ctx.stores.sessions.end(userId, id, because, ctx.actor)))
  await Promise.all(ending.map(({ id }) => revokeBySession(ctx, userId, id, 'session_ended')))
  return ended.filter(Boolean).length
}

function parseHandle(value: string | undefined): Handle | undefined {
  const [userId, sessionId, secret, ...rest] = value?.split('.') ?? []
  if (!isId('usr', userId) || !isId('ses', sessionId) || !secret || rest.length > 0) return undefined
  return { userId, sessionId, secret }
}

function isSecret(secret: string, hash: string): boolean {
  const [given, stored] = [Buffer.from(hashOfSecret(secret)), Buffer.from(hash)]
  return given.length === stored.length && timingSafeEqual(given, stored)
}
