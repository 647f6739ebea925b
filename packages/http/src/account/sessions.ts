/** `/api/v1/me/sessions`: the browsers in which the person is signed in. All look-ups are in the person's own partition: another's id is not found there. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { ListOf, MySession } from '@gatehouse/core/my_account.ts'
import { shownPlaceOf } from '@gatehouse/core/place.ts'
import { factorsOf, type Session } from '@gatehouse/core/session.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import { endSessions } from '@gatehouse/identity/browser_session.ts'
import { revokeBySession } from '@gatehouse/identity/revocation.ts'
import { clearSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { iso } from './iso.ts'
import { requireSignedIn, requireWriter, type SignedIn } from './signed_in.ts'

/** This one first, then the newest. */
export async function listSessions(c: HouseContext): Promise<Response> {
  const signedIn = await requireSignedIn(c)
  const sessions = await liveSessions(signedIn)
  const items = await Promise.all(sessions.map((session) => shown(signedIn, session)))
  return c.json({ items } satisfies ListOf<MySession>)
}

export async function endSession(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const { here, user } = signedIn
  const id = c.req.param('id')
  const ended =
    isId('ses', id) &&
    (await here.stores.sessions.findLive(user.id, id)) &&
    (await here.stores.sessions.end(user.id, id, 'ended_by_user', here.actor))
  if (!ended) throw new IamError('not_found', 'you have no such session')
  await revokeBySession(here, user.id, id, 'session_ended')
  if (id === signedIn.session.id) clearSessionCookie(c)
  return c.body(null, 204)
}

export async function endOtherSessions(c: HouseContext): Promise<Response> {
  const { here, user, session: own } = await requireWriter(c)
  return c.json({ ended: await endSessions(here, user.id, 'ended_by_user', own.id) })
}

/** A session from before a password change signs nobody in any more, even where it could not be marked. */
async function liveSessions({ here, user, session: own }: SignedIn): Promise<Session[]> {
  const sessions = await here.stores.sessions.list(user.id)
  return sessions
    .filter((session) => session.securityEpoch === user.securityEpoch)
    .sort((a, b) => Number(b.id === own.id) - Number(a.id === own.id) || b.createdAt - a.createdAt)
}

async function shown({ here, session: own }: SignedIn, session: Session): Promise<MySession> {
  const application = session.clientId === undefined ? undefined : await here.configuration.findApplicationAnywhere(session.clientId)
  return {
    id: session.id,
    current: session.id === own.id,
    ...browserOf(session.userAgent),
    ip: session.ip,
    place: session.place ?? shownPlaceOf(await here.places.find(session.ip)),
    proven: factorsOf(session).map(({ kind }) => kind),
    risk: session.risk,
    signedInAt: iso(session.createdAt),
    expiresAt: iso(session.expiresAt),
    applicationName: application?.client_name,
  }
}
