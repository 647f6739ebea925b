/** Browser sessions. The cookie is user + session + secret, so a session needs no index; ending one is marked, so that a replay is seen. */
import type { Actor } from '@gatehouse/core/event.ts'
import type { SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { Session } from '@gatehouse/core/session.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import { ABSENT, fromItem, plain, toItem } from './item.ts'
import { hashOfSecret } from './keys.ts'
import type { Shelf } from './shelf.ts'

export type StoredSession = Session & { readonly secretHash: string }

export function sessionStore(shelf: Shelf) {
  const key = (userId: UserId, id: SessionId) => ({ pk: shelf.keys.user(userId), sk: `S#${id}` })
  return {
    /** False when a session with this id exists: an interaction finishes once. */
    async create(session: Session, secret: string, actor: Actor): Promise<boolean> {
      const event = shelf.event('session.created', {
        actor,
        userId: session.userId,
        sessionId: session.id,
        ...(session.clientId === undefined ? {} : { clientId: session.clientId }),
        data: { amr: session.amr, acr: session.acr },
      })
      try {
        await shelf.table.put(
          toItem(
            key(session.userId, session.id),
            { ...session, secretHash: hashOfSecret(secret) },
            { ttl: session.expiresAt + 86_400, event },
          ),
          ABSENT,
        )
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** An id that no session shall have any more: its interaction ended in a session that was there before. False when it was spent already. */
    async spend(session: Session): Promise<boolean> {
      try {
        await shelf.table.put(
          toItem(key(session.userId, session.id), { ...session, status: 'ended', secretHash: '' }, { ttl: session.expiresAt + 86_400 }),
          ABSENT,
        )
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** Also ended and expired ones; the caller checks `status`, `expiresAt` and the secret. Consistent. */
    async find(userId: UserId, id: SessionId): Promise<StoredSession | undefined> {
      const { item } = await shelf.table.get(key(userId, id), { consistent: true })
      return item && fromItem<StoredSession>(item)
    },
    async findLive(userId: UserId, id: SessionId): Promise<StoredSession | undefined> {
      const { item } = await shelf.table.get(key(userId, id), { consistent: true })
      const session = item && fromItem<StoredSession>(item)
      return session && session.status === 'active' && session.expiresAt > shelf.now() ? session : undefined
    },
    /** Those that are active and not expired. */
    async list(userId: UserId): Promise<Session[]> {
      const found: Session[] = []
      let cursor: string | undefined
      // To the last page, and as it is now: whoever ends all sessions must not miss the one that a thief made a moment ago among a thousand.
      do {
        const page = await shelf.table.query({
          pk: shelf.keys.user(userId),
          prefix: 'S#',
          limit: 1000,
          consistent: true,
          ...(cursor === undefined ? {} : { cursor }),
        })
        for (const item of page.items) {
          const { secretHash, ...session } = fromItem<StoredSession>(item)
          if (session.status === 'active' && session.expiresAt > shelf.now()) found.push(session)
        }
        cursor = page.cursor
      } while (cursor !== undefined)
      return found
    },
    /** Ends it once; the event makes `relay` tell the applications. False when it was not active. */
    async end(
      userId: UserId,
      id: SessionId,
      because: 'logout' | 'ended_by_user' | 'ended_by_administrator' | 'password_changed' | 'suspended',
      actor: Actor,
    ): Promise<boolean> {
      try {
        const event = shelf.event('session.ended', { actor, userId, sessionId: id, data: { because } })
        await shelf.table.update(key(userId, id), { set: { status: 'ended', event: plain(event) } }, [
          { attribute: 'status', is: 'equal', value: 'active' },
        ])
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** A fresh proof of who the person is (step-up, re-authentication). A new `secret` makes the former cookie worthless. */
    async renew(
      userId: UserId,
      id: SessionId,
      proof: { authTime: number; amr: readonly string[]; acr: string; securityEpoch: number },
      secret?: string,
    ): Promise<void> {
      const set = secret === undefined ? { ...proof } : { ...proof, secretHash: hashOfSecret(secret) }
      await shelf.table.update(key(userId, id), { set }, [{ attribute: 'status', is: 'equal', value: 'active' }])
    },
  }
}
