/** What each browser is at one application. Kept on the server; the cookie only finds it. */
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'

export type Claims = Readonly<Record<string, unknown>>

/** Who signed in, and with which attributes: exactly what came in the ID token and from userinfo. */
export type Person = { readonly subject: string; readonly sid: string | undefined; readonly idToken: string; readonly claims: Claims }

/** A sign-in on its way: what the callback must bring back. */
export type Pending = { readonly state: string; readonly nonce: string; readonly codeVerifier: string }

export type Notice = 'added' | 'ended_elsewhere' | 'signed_out_here_only'

export type BrowserSession = {
  readonly csrf: string
  readonly expiresAt: number
  pending: readonly Pending[]
  person: Person | undefined
  /** Said once, on the next page. */
  notice: Notice | undefined
}

const LIFE_MILLISECONDS = 8 * 3600 * 1000
const MAXIMUM_PENDING = 5
const MAXIMUM_SESSIONS = 10_000

export type Sessions = ReturnType<typeof createSessions>

export function createSessions(now: () => number) {
  const byKey = new Map<string, BrowserSession>()

  function open(content: Pick<BrowserSession, 'pending' | 'person' | 'notice'>): string {
    makeRoom()
    const id = randomBytes(32).toString('base64url')
    byKey.set(key(id), { ...content, csrf: randomBytes(32).toString('base64url'), expiresAt: now() + LIFE_MILLISECONDS })
    return id
  }

  function makeRoom(): void {
    if (byKey.size < MAXIMUM_SESSIONS) return
    for (const [each, session] of byKey) if (session.expiresAt <= now()) byKey.delete(each)
    const oldest = byKey.keys().next()
    if (byKey.size >= MAXIMUM_SESSIONS && !oldest.done) byKey.delete(oldest.value)
  }

  return {
    open,

    find(id: string | undefined): BrowserSession | undefined {
      const session = id === undefined ? undefined : byKey.get(key(id))
      return session !== undefined && session.expiresAt > now() ? session : undefined
    },

    end(id: string): void {
      byKey.delete(key(id))
    },

    /** OpenID Connect Back-Channel Logout 1.0 section 2.7: a `sid` ends that session, a `sub` alone every session of the person. */
    endOf(who: { subject: string | undefined; sid: string | undefined }): number {
      let ended = 0
      for (const session of byKey.values()) {
        if (session.person === undefined || !isOf(session.person, who)) continue
        session.person = undefined
        session.notice = 'ended_elsewhere'
        ended += 1
      }
      return ended
    },
  }
}

/** A few sign-ins may be open at once, one per tab; the oldest is forgotten. */
export function addPending(session: BrowserSession, pending: Pending): void {
  session.pending = [...session.pending, pending].slice(-MAXIMUM_PENDING)
}

/** Takes a sign-in out, so that a callback can be used once. */
export function consumePending(session: BrowserSession | undefined, state: string | undefined): Pending | undefined {
  const found = session?.pending.find((pending) => pending.state === state)
  if (session !== undefined) session.pending = session.pending.filter((pending) => pending !== found)
  return found
}

export function isCsrf(session: BrowserSession, sent: unknown): boolean {
  if (typeof sent !== 'string' || sent.length !== session.csrf.length) return false
  return timingSafeEqual(Buffer.from(sent), Buffer.from(session.csrf))
}

function isOf(person: Person, who: { subject: string | undefined; sid: string | undefined }): boolean {
  if (who.subject !== undefined && who.subject !== person.subject) return false
  return who.sid === undefined ? who.subject !== undefined : who.sid === person.sid
}

/** A copy of this memory lets nobody in: only the browser holds the id itself. */
function key(id: string): string {
  return createHash('sha256').update(id).digest('base64url')
}
