/**
 * The authorization code (RFC 6749 section 4.1.2) is the authorization itself, sealed: nothing is stored until it is redeemed. One that would be too long
 * for an address bar is stored and travels as a name.
 */
import type { AuthorizationGrant, AuthorizationRequest } from '@gatehouse/core/authorization_request.ts'
import type { SaidClaims } from '@gatehouse/core/claims.ts'
import type { AuthorizationId, ClientId, SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { AUTHORIZATION_CODE_SECONDS } from './lifetimes.ts'
import { seal, unseal } from './seal.ts'
import { nowSeconds } from './signing_keys.ts'

export type AuthorizationCode = {
  /** The id that the authorization will have: a code is redeemed once because this can be put once. */
  readonly authorizationId: AuthorizationId
  readonly clientId: ClientId
  readonly redirectUri: string
  readonly codeChallenge: string | undefined
  readonly nonce: string | undefined
  readonly userId: UserId
  readonly sessionId: SessionId
  readonly authTime: number
  readonly amr: readonly string[]
  readonly acr: string
  readonly securityEpoch: number
  readonly consentEpoch: number
  readonly scopes: readonly string[]
  readonly claims: readonly string[]
  readonly idTokenClaims: readonly string[]
  readonly saidClaims: SaidClaims | undefined
  readonly firstOfSignIn: boolean
  readonly sessionExpiresAt: number
  /** Seconds since the epoch. */
  readonly expiresAt: number
}

const PURPOSE = 'authorization-code'
const MAXIMUM_CHARACTERS = 1024
const STORED_PREFIX = 'stored.'

export async function issueAuthorizationCode(
  ctx: TenantContext,
  request: AuthorizationRequest,
  grant: AuthorizationGrant,
): Promise<string> {
  const asked = new Set(request.claims.idToken.map((claim) => claim.name))
  const code: AuthorizationCode = {
    authorizationId: `aut_${ctx.random.token(16)}`,
    clientId: request.clientId,
    redirectUri: request.redirectUri,
    codeChallenge: request.codeChallenge,
    nonce: request.nonce,
    userId: grant.userId,
    sessionId: grant.sessionId,
    authTime: grant.authTime,
    amr: grant.amr,
    acr: grant.acr,
    securityEpoch: grant.securityEpoch,
    consentEpoch: grant.consentEpoch,
    scopes: grant.scopes,
    claims: grant.claims,
    idTokenClaims: grant.claims.filter((name) => asked.has(name)),
    saidClaims: saidOf(grant),
    firstOfSignIn: grant.firstOfSignIn,
    sessionExpiresAt: grant.sessionExpiresAt,
    expiresAt: nowSeconds(ctx) + AUTHORIZATION_CODE_SECONDS,
  }
  const sealed = await seal(ctx, PURPOSE, encode(code))
  if (sealed.length <= MAXIMUM_CHARACTERS) return sealed
  const name = STORED_PREFIX + ctx.random.token(32)
  await ctx.stores.authorizationCodes.keep(name, sealed, code.expiresAt)
  return name
}

/** Nothing that was not allowed travels. */
function saidOf({ claims, saidClaims = {} }: AuthorizationGrant): SaidClaims | undefined {
  const said = Object.entries(saidClaims).filter(([name]) => claims.includes(name))
  return said.length === 0 ? undefined : Object.fromEntries(said)
}

/** Undefined for what was not issued at this issuer. May have expired: a late replay must still be told from nonsense. */
export async function openAuthorizationCode(ctx: TenantContext, text: string): Promise<AuthorizationCode | undefined> {
  const sealed = text.startsWith(STORED_PREFIX) ? await ctx.stores.authorizationCodes.find(text) : text
  const content = sealed === undefined ? undefined : await unseal(ctx, PURPOSE, sealed)
  return content === undefined ? undefined : decode(content)
}

/** The places of the values: a code should be short, so it carries no names. Each field has one, or the record does not compile. */
const PLACES: Readonly<Record<keyof AuthorizationCode, number>> = {
  authorizationId: 0,
  clientId: 1,
  redirectUri: 2,
  codeChallenge: 3,
  nonce: 4,
  userId: 5,
  sessionId: 6,
  authTime: 7,
  amr: 8,
  acr: 9,
  securityEpoch: 10,
  consentEpoch: 11,
  scopes: 12,
  claims: 13,
  idTokenClaims: 14,
  firstOfSignIn: 15,
  expiresAt: 16,
  sessionExpiresAt: 17,
  saidClaims: 18,
}

function encode(code: AuthorizationCode): string {
  const values: unknown[] = []
  for (const [name, place] of Object.entries(PLACES)) values[place] = code[name as keyof AuthorizationCode] ?? null
  return JSON.stringify(values)
}

/** What opens was sealed by `encode`, for this purpose, tenant and issuer, so its shape is known. */
function decode(content: string): AuthorizationCode {
  const values = JSON.parse(content) as unknown[]
  return Object.fromEntries(Object.entries(PLACES).map(([name, place]) => [name, values[place] ?? undefined])) as AuthorizationCode
}
