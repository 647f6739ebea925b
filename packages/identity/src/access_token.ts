/**
 * Access tokens: a JWT of RFC 9068 in ES256, or the same claims sealed where the application asked for opaque tokens. `jti` begins with the id of the
 * authorization, so that whoever must know whether it still stands reads one item.
 */
import type { Application } from '@gatehouse/core/application.ts'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { type AuthorizationId, type ClientId, isId, type UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { seal, unseal } from './seal.ts'
import { type JwtClaims, signJwt, verifyJwt } from './sign_jwt.ts'
import { nowSeconds } from './signing_keys.ts'

export type AccessToken = {
  readonly issuer: string
  readonly clientId: ClientId
  readonly audience: string
  readonly scopes: readonly string[]
  readonly id: string
  /** Seconds since the epoch. */
  readonly issuedAt: number
  readonly expiresAt: number
  /** A person's, or the application's own (client_credentials: `sub` is the client_id). */
  readonly subject:
    | {
        readonly kind: 'user'
        readonly userId: UserId
        readonly authorizationId: AuthorizationId
        readonly authTime: number
        readonly acr: string
      }
    | { readonly kind: 'application' }
}

export type IssuedAccessToken = { readonly token: string; readonly expiresIn: number }

const OPAQUE_PREFIX = 'gat_'
const PURPOSE = 'access-token'

/** For a person. `scopes` may be narrower than the authorization's. */
export function issueUserAccessToken(
  ctx: TenantContext,
  application: Application,
  authorization: Authorization,
  scopes: readonly string[],
): Promise<IssuedAccessToken> {
  return issue(ctx, application, scopes, {
    sub: authorization.userId,
    jti: `${authorization.id}.${ctx.random.token(9)}`,
    auth_time: authorization.authTime,
    acr: authorization.acr,
    amr: authorization.amr,
  })
}

/** RFC 9068 section 2.2: without a person `sub` is the application. */
export function issueApplicationAccessToken(
  ctx: TenantContext,
  application: Application,
  scopes: readonly string[],
): Promise<IssuedAccessToken> {
  return issue(ctx, application, scopes, { sub: application.client_id, jti: `tok_${ctx.random.token(16)}` })
}

/** The token, if it was issued at this issuer and has not expired. Whether it still stands is `live_grant.ts`'s to say. */
export async function readAccessToken(ctx: TenantContext, token: string): Promise<AccessToken | undefined> {
  const claims = token.startsWith(OPAQUE_PREFIX) ? await openOpaque(ctx, token) : await verifyJwt(ctx, token, 'at+jwt')
  const read = claims && parseClaims(claims)
  if (!read || read.issuer !== ctx.issuer || read.audience !== ctx.issuer || read.expiresAt <= nowSeconds(ctx)) return undefined
  return read
}

async function issue(ctx: TenantContext, application: Application, scopes: readonly string[], about: object): Promise<IssuedAccessToken> {
  const now = nowSeconds(ctx)
  const expiresIn = ctx.tenant.policies.accessTokenSeconds
  // Our own APIs are the default resource (RFC 9068 section 3): the audience is the issuer.
  const claims = {
    iss: ctx.issuer,
    aud: ctx.issuer,
    client_id: application.client_id,
    iat: now,
    exp: now + expiresIn,
    ...about,
    scope: scopes.join(' '),
  }
  const token =
    application.gatehouse_access_token_format === 'opaque'
      ? OPAQUE_PREFIX + (await seal(ctx, PURPOSE, JSON.stringify(claims)))
      : await signJwt(ctx, 'ES256', 'at+jwt', claims)
  return { token, expiresIn }
}

async function openOpaque(ctx: TenantContext, token: string): Promise<JwtClaims | undefined> {
  const text = await unseal(ctx, PURPOSE, token.slice(OPAQUE_PREFIX.length))
  // What opens was sealed by `issue`.
  return text === undefined ? undefined : JSON.parse(text)
}

function parseClaims({ iss, aud, client_id, sub, jti, iat, exp, scope, auth_time, acr }: JwtClaims): AccessToken | undefined {
  if (typeof iss !== 'string' || typeof aud !== 'string' || typeof client_id !== 'string' || typeof jti !== 'string') return undefined
  if (typeof iat !== 'number' || typeof exp !== 'number' || typeof scope !== 'string') return undefined
  const token = {
    issuer: iss,
    audience: aud,
    clientId: client_id,
    id: jti,
    issuedAt: iat,
    expiresAt: exp,
    scopes: scope === '' ? [] : scope.split(' '),
  }
  if (jti.startsWith('tok_')) return sub === client_id ? { ...token, subject: { kind: 'application' } } : undefined
  const [authorizationId] = jti.split('.', 1)
  if (!isId('usr', sub) || !isId('aut', authorizationId) || typeof auth_time !== 'number' || typeof acr !== 'string') return undefined
  return { ...token, subject: { kind: 'user', userId: sub, authorizationId, authTime: auth_time, acr } }
}
