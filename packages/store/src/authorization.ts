/** Authorizations: one conditional write redeems a code, one rotates a refresh token, one revokes. */
import type { Authorization } from '@gatehouse/core/authorization.ts'
import type { Actor } from '@gatehouse/core/event.ts'
import type { AuthorizationId, ClientId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import { isConflict } from '@gatehouse/core/table_error.ts'
import type { Item } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, plain, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export function authorizationStore(shelf: Shelf) {
  const key = (userId: UserId, id: AuthorizationId) => ({ pk: shelf.keys.user(userId), sk: `R#${id}` })
  // The key says whose it is, and which: an item below 1 KB is one write unit.
  const read = (userId: UserId, item: Item): Authorization => ({
    ...fromItem<Omit<Authorization, 'id' | 'userId'>>(item),
    id: item.sk.slice(2) as AuthorizationId,
    userId,
  })
  const facts = (authorization: Authorization, actor: Actor) => ({
    actor,
    userId: authorization.userId,
    clientId: authorization.clientId,
    sessionId: authorization.sessionId,
    authorizationId: authorization.id,
  })
  return {
    /**
     * Redeems the code that this authorization came from. Gives the winner's authorization to the one that came too late.
     * `firstOfSignIn`: the session's own event is this act's audit record.
     */
    async redeem(
      authorization: Authorization,
      actor: Actor,
      firstOfSignIn: boolean,
    ): Promise<{ won: true } | { won: false; existing: Authorization }> {
      const event = shelf.event('authorization.created', {
        ...facts(authorization, actor),
        audited: !firstOfSignIn,
        ...(firstOfSignIn ? {} : { data: { scope: authorization.scopes.join(' ') } }),
      })
      // The nonce is said once, with the tokens that this answer brings.
      const { id, userId, nonce, ...rest } = authorization
      try {
        await shelf.table.put(toItem(key(userId, id), rest, { ttl: authorization.expiresAt + 86_400, event }), ABSENT)
        return { won: true }
      } catch (error) {
        if (!isConflict(error) || !error.existing) throw error
        const { item } = await shelf.table.get(key(userId, id), { consistent: true })
        if (!item) throw error
        return { won: false, existing: read(userId, item) }
      }
    },
    async find(userId: UserId, id: AuthorizationId): Promise<Authorization | undefined> {
      const { item } = await shelf.table.get(key(userId, id), { consistent: true })
      return item && read(userId, item)
    },
    /**
     * Moves to the next refresh token, if `fromGeneration` with this hash is still the current one. Undefined: it is not; the caller reads and decides
     * (a retry within the grace time, or a replay).
     */
    async rotate(
      authorization: Authorization,
      next: { refreshHash: string; expiresAt: number; securityEpoch?: number },
      actor: Actor,
    ): Promise<Authorization | undefined> {
      const event = shelf.event('authorization.refreshed', facts(authorization, actor))
      const set = {
        generation: authorization.generation + 1,
        refreshHash: next.refreshHash,
        rotatedAt: shelf.now(),
        expiresAt: next.expiresAt,
        ttl: next.expiresAt + 86_400,
        event: plain(event),
        ...(next.securityEpoch === undefined ? {} : { securityEpoch: next.securityEpoch }),
        ...(authorization.refreshHash === undefined ? {} : { previousRefreshHash: authorization.refreshHash }),
      }
      try {
        const { item } = await shelf.table.update(key(authorization.userId, authorization.id), { set }, [
          { attribute: 'status', is: 'equal', value: 'active' },
          { attribute: 'generation', is: 'equal', value: authorization.generation },
        ])
        return item && read(authorization.userId, item)
      } catch (error) {
        if (isConflict(error)) return undefined
        throw error
      }
    },
    /** Ends refresh tokens, and access tokens at our own endpoints, at once. False when it was not active. */
    async revoke(
      authorization: Authorization,
      because: 'revoked' | 'replayed' | 'consent_withdrawn' | 'logout' | 'session_ended' | 'suspended',
      actor: Actor,
    ): Promise<boolean> {
      const event = shelf.event(because === 'replayed' ? 'authorization.replayed' : 'authorization.revoked', {
        ...facts(authorization, actor),
        data: { because },
      })
      try {
        await shelf.table.update(
          key(authorization.userId, authorization.id),
          { set: { status: 'revoked', revokedBecause: because, event: plain(event) } },
          [{ attribute: 'status', is: 'equal', value: 'active' }],
        )
        return true
      } catch (error) {
        if (isConflict(error)) return false
        throw error
      }
    },
    /** Active ones of a person, of one application or session where named; also revoked and expired ones, as long as they are there, with `ended`. */
    async list(userId: UserId, of: { clientId?: ClientId; sessionId?: SessionId; ended?: boolean } = {}): Promise<Authorization[]> {
      const found: Authorization[] = []
      let cursor: string | undefined
      do {
        const page = await shelf.table.query({
          pk: shelf.keys.user(userId),
          prefix: 'R#',
          limit: 1000,
          consistent: true,
          ...(cursor === undefined ? {} : { cursor }),
        })
        found.push(...page.items.map((item) => read(userId, item)))
        cursor = page.cursor
      } while (cursor !== undefined)
      return found.filter(
        (one) =>
          (of.ended === true || (one.status === 'active' && one.expiresAt > shelf.now())) &&
          (of.clientId === undefined || one.clientId === of.clientId) &&
          (of.sessionId === undefined || one.sessionId === of.sessionId),
      )
    },
  }
}
