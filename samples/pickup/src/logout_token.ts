/** The house says that a person's session has ended: OpenID Connect Back-Channel Logout 1.0 sections 2.4 and 2.6. */
import { type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose'

const EVENT = 'http://schemas.openid.net/event/backchannel-logout'
const MAXIMUM_AGE_SECONDS = 300
const CLOCK_TOLERANCE_SECONDS = 30
/** Public-key algorithms only: with a shared secret, or none, the application could be told anything. */
const ALGORITHMS = ['RS256', 'PS256', 'ES256', 'ES384', 'EdDSA', 'Ed25519']

export type LogoutExpectation = {
  readonly issuer: string
  readonly client_id: string
  readonly keys: JWTVerifyGetKey
  readonly now: number
  readonly spent: SpentTokens
}
export type EndedSession = { readonly subject: string | undefined; readonly sid: string | undefined }

/** Returns whose session ended; throws an `Error` that says which rule the token broke. */
export async function checkLogoutToken(token: string, expected: LogoutExpectation): Promise<EndedSession> {
  const { payload, protectedHeader } = await jwtVerify(token, expected.keys, {
    issuer: expected.issuer,
    audience: expected.client_id,
    algorithms: ALGORITHMS,
    requiredClaims: ['iat', 'exp', 'jti', 'events'],
    maxTokenAge: MAXIMUM_AGE_SECONDS,
    clockTolerance: CLOCK_TOLERANCE_SECONDS,
    currentDate: new Date(expected.now),
  })

  checkKind(protectedHeader.typ)
  if (payload.nonce !== undefined) throw new Error('a logout token has no nonce: this is an ID token')
  checkEvent(payload.events)
  const ended = { subject: payload.sub, sid: text(payload.sid) }
  if (ended.subject === undefined && ended.sid === undefined) throw new Error('the logout token names neither a person nor a session')
  checkFirstUse(payload, expected)
  return ended
}

/** Tokens seen, until they would be refused for their age anyway. */
export type SpentTokens = Map<string, number>

/** Section 2.4: `typ` should be `logout+jwt`; older issuers send `JWT` or nothing. Any other kind was made for another purpose. */
function checkKind(typ: string | undefined): void {
  const kind = typ?.toLowerCase().replace(/^application\//, '')
  if (kind !== undefined && kind !== 'logout+jwt' && kind !== 'jwt') throw new Error(`typ is ${typ}, not logout+jwt`)
}

function checkEvent(events: unknown): void {
  const event = isObject(events) ? events[EVENT] : undefined
  if (!isObject(event)) throw new Error('events has no back-channel logout')
}

function checkFirstUse(payload: JWTPayload, { spent, now }: LogoutExpectation): void {
  const jti = payload.jti
  if (jti === undefined) throw new Error('the logout token has no jti')
  for (const [each, expiresAt] of spent) if (expiresAt <= now) spent.delete(each)
  if (spent.has(jti)) throw new Error('this logout token was used before')
  spent.set(jti, now + (MAXIMUM_AGE_SECONDS + 2 * CLOCK_TOLERANCE_SECONDS) * 1000)
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
