/** Who asks: the person whose browser session comes with the request. Writes must prove that our own page made them. */
import { IamError } from '@gatehouse/core/error.ts'
import { sureUntil } from '@gatehouse/core/factor_change.ts'
import { MY_ACCOUNT } from '@gatehouse/core/interaction/interaction.ts'
import { factorsOf, type Session } from '@gatehouse/core/session.ts'
import type { User } from '@gatehouse/core/user.ts'
import { type BrowserSession, findBrowserSession } from '@gatehouse/identity/browser_session.ts'
import { openKnownBrowser } from '@gatehouse/identity/known_browser.ts'
import { askedOf, considerSteps } from '@gatehouse/identity/sign_in_steps.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { readKnownBrowserCookie, readSessionCookie } from '../cookies.ts'
import { checkCsrf } from '../csrf.ts'
import type { HouseContext } from '../house.ts'
import { isLetIn } from '../own_pages.ts'

export type SignedIn = {
  /** The context with this person as the actor. */
  readonly here: TenantContext
  readonly session: Session
  readonly user: User
}

/**
 * A session that an application's weaker steps, or those of before, were enough for, or that the tenant's script was not asked of, is none here: the person is led
 * to what is missing, as for any other request.
 */
export async function findSignedIn(c: HouseContext): Promise<SignedIn | undefined> {
  const { here } = c.env
  const found: BrowserSession | undefined = await findBrowserSession(here, readSessionCookie(c))
  if (found === undefined) return undefined
  const { composition } = await considerSteps(here, {
    user: found.user,
    proven: factorsOf(found.session),
    target: { kind: 'own', path: MY_ACCOUNT },
    application: undefined,
    knownBrowser: () => openKnownBrowser(here, readKnownBrowserCookie(c)),
    risk: {
      session: found.session,
      since: Number.POSITIVE_INFINITY,
      checked: undefined,
      provenNow: false,
      isApproved: async () => undefined,
    },
  })
  if (composition.kind !== 'complete' || !(await isLetIn(here, found.session))) return undefined
  return { ...found, here: { ...here, actor: { ...here.actor, userId: found.user.id, sessionId: found.session.id } } }
}

export async function requireSignedIn(c: HouseContext): Promise<SignedIn> {
  const signedIn = await findSignedIn(c)
  if (signedIn === undefined) throw new IamError('unauthenticated', 'sign in first')
  return signedIn
}

/** For every route that changes something. The header alone already keeps forms of other sites out; the token keeps out scripts that cannot read our answers. */
export async function requireWriter(c: HouseContext): Promise<SignedIn> {
  const signedIn = await requireSignedIn(c)
  const origin = c.req.header('origin')
  if (origin !== undefined && origin !== c.env.here.origin) throw new IamError('csrf', 'this request came from another site')
  await checkCsrf(c, c.req.header('x-csrf-token') ?? null, signedIn.session.id)
  return signedIn
}

/** Seconds for which a sign-in is proof enough. */
export const FRESH_FOR = { decision: 60 * 60 } as const

/** Seconds since the epoch. */
export function isSureUntil({ here, session, user }: SignedIn): number {
  return sureUntil(session, { factors: askedOf(here, user.factors) })
}

/** For what changes how somebody signs in. Throws `reauthentication_required`. */
export function checkSure(signedIn: SignedIn): void {
  const { here } = signedIn
  if (isSureUntil(signedIn) >= Math.floor(here.clock.now() / 1000)) return
  throw new IamError('reauthentication_required', 'confirm that it is you: sign in again, with your second factor where you have one')
}

/** Throws `reauthentication_required`: `/account/reauthenticate?to=` leads through the sign-in page and back. */
export function checkFresh(here: TenantContext, session: Session, seconds: number): void {
  if (isFresh(here, session, seconds)) return
  throw new IamError('reauthentication_required', 'confirm that it is you: sign in again, then repeat this')
}

export function isFresh(here: TenantContext, session: Session, seconds: number): boolean {
  return Math.floor(here.clock.now() / 1000) - session.authTime <= seconds
}
