/** Browser sessions. The cookie is user + session + secret, so a session needs no index; ending one is marked, so that a replay is seen. */
import type { Actor, HouseEvent } from '@gatehouse/core/event.ts'
import type { ClientId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import { parsePlace, type ShownPlace, shownPlaceOf } from '@gatehouse/core/place.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { Item } from '@gatehouse/ports/table.ts'
import { ABSENT, fromItem, plain, toItem } from './item.ts'
import { hashOfSecret } from './keys.ts'
import { unlessConflict } from './refuse.ts'
import type { Shelf } from './shelf.ts'

export type StoredSession = Session & { readonly secretHash: string }

const ACTIVE = { attribute: 'status', is: 'equal', value: 'active' } as const

export function sessionStore(shelf: Shelf) {
  const key = (userId: UserId, id: SessionId) => ({ pk: shelf.keys.user(userId), sk: `S#${id}` })
  // The key says whose it is, and which: an item below 1 KB is one write unit.
  const itemOf = ({ id, userId, place, ...rest }: StoredSession, event?: HouseEvent, keepSeconds = 0) => {
    const ttl = Math.max(rest.expiresAt + 86_400, rest.createdAt + keepSeconds)
    return toItem(key(userId, id), { ...rest, place: writtenPlace(place) }, { ttl, ...(event ? { event } : {}) })
  }
  const read = (userId: UserId, item: Item): StoredSession => {
    const { place: written, ...rest } = fromItem<Omit<StoredSession, 'id' | 'userId' | 'place'> & { readonly place?: string }>(item)
    const place = written === undefined ? undefined : shownPlaceOf(parsePlace({ country: written.slice(0, 2), city: written.slice(3) }))
    return { ...rest, id: item.sk.slice(2) as SessionId, userId, ...(place === undefined ? {} : { place }) }
  }
  return {
    /** False when a session with this id exists: an interaction finishes once. */
    async create(
      session: Session,
      secret: string,
      actor: Actor,
      { isNewBrowser = false, keepSeconds = 0 }: { readonly isNewBrowser?: boolean; readonly keepSeconds?: number } = {},
    ): Promise<boolean> {
      const event = shelf.event('session.created', {
        actor,
        userId: session.userId,
        sessionId: session.id,
        ...(session.clientId === undefined ? {} : { clientId: session.clientId }),
        data: { amr: session.amr, acr: session.acr, ...riskOf(session), ...(isNewBrowser ? { browser: 'new' } : {}) },
      })
      return unlessConflict(shelf.table.put(itemOf({ ...session, secretHash: hashOfSecret(secret) }, event, keepSeconds), ABSENT))
    },
    /** An id that no session shall have any more: its interaction ended in a session that was there before. False when it was spent already. */
    async spend(session: Session): Promise<boolean> {
      return unlessConflict(shelf.table.put(itemOf({ ...session, status: 'ended', secretHash: '' }), ABSENT))
    },
    /** Also ended and expired ones; the caller checks `status`, `expiresAt` and the secret. Consistent. */
    async find(userId: UserId, id: SessionId): Promise<StoredSession | undefined> {
      const { item } = await shelf.table.get(key(userId, id), { consistent: true })
      return item && read(userId, item)
    },
    async findLive(userId: UserId, id: SessionId): Promise<StoredSession | undefined> {
      const { item } = await shelf.table.get(key(userId, id), { consistent: true })
      const session = item && read(userId, item)
      return session && session.status === 'active' && session.expiresAt > shelf.now() ? session : undefined
    },
    /** When the person last proved who they are, as far as the latest sessions' items are still there; 0: they are not. */
    async lastProof(userId: UserId): Promise<number> {
      const { items } = await shelf.table.query({ pk: shelf.keys.user(userId), prefix: 'S#', limit: 10, direction: 'descending' })
      return Math.max(0, ...items.map((item) => read(userId, item).authTime))
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
          const { secretHash, ...session } = read(userId, item)
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
      const event = shelf.event('session.ended', { actor, userId, sessionId: id, data: { because } })
      return unlessConflict(shelf.table.update(key(userId, id), { set: { status: 'ended', event: plain(event) } }, [ACTIVE]))
    },
    /** The session with a fresh proof of who the person is (re-authentication, step-up). The new secret makes the former cookie worthless. */
    async prove(
      { userId, id, authTime, amr, acr, securityEpoch, factors, ip, userAgent, place, risk }: Session,
      secret: string,
      actor: Actor,
      clientId?: ClientId,
    ): Promise<void> {
      const event = shelf.event('session.renewed', {
        actor,
        userId,
        sessionId: id,
        ...(clientId === undefined ? {} : { clientId }),
        data: { amr, acr, ...riskOf({ place, risk }) },
      })
      const maybe = { factors, place: writtenPlace(place), risk }
      const known = Object.fromEntries(
        Object.entries(maybe).flatMap(([name, value]) => (value === undefined ? [] : [[name, plain(value)]])),
      )
      const remove = Object.keys(maybe).filter((name) => !Object.hasOwn(known, name))
      const set = { authTime, amr, acr, securityEpoch, ip, userAgent, secretHash: hashOfSecret(secret), event: plain(event), ...known }
      await shelf.table.update(key(userId, id), { set, remove }, [ACTIVE])
    },
    /** The person proved a further factor within the session, by enrolling it. */
    async addProof({ userId, id, amr, acr, factors }: Session): Promise<void> {
      await shelf.table.update(key(userId, id), { set: { amr, acr, factors: plain(factors ?? []) } }, [ACTIVE])
    },
    /** The tenant's adaptive script, in this version, has nothing against it at our own pages. One that ended meanwhile stays ended. */
    async letIn(userId: UserId, id: SessionId, script: string): Promise<void> {
      await unlessConflict(shelf.table.update(key(userId, id), { set: { letInBy: script } }, [ACTIVE]))
    },
    /** The person set a new password in this session, which therefore goes on. */
    async goOn(userId: UserId, id: SessionId, securityEpoch: number): Promise<void> {
      await shelf.table.update(key(userId, id), { set: { securityEpoch } }, [ACTIVE])
    },
  }
}

function writtenPlace(place: ShownPlace | undefined): string | undefined {
  return place && `${place.country} ${place.city ?? ''}`.trim()
}

/** Where the tenant looks at risk, the audit record tells what was seen. */
function riskOf({ place, risk }: Pick<Session, 'place' | 'risk'>): NonNullable<HouseEvent['data']> {
  return risk === undefined ? {} : { risk: risk.level, score: risk.score, signals: risk.signals, ...place }
}
