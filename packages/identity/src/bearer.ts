/** Bearer tokens at our own APIs: RFC 6750. The token stands only as long as what it was issued on does. */
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { ClientId, UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { readAccessToken } from './access_token.ts'
import { findLiveToken, type LiveToken } from './live_grant.ts'
import { permissionsOfApplication, permissionsOfUser } from './permissions.ts'

export type BearerSubject = {
  readonly clientId: ClientId
  readonly scopes: readonly string[]
  /** Scopes that the person, or the application itself, holds as permissions of a role at this moment. What an administrative act is decided by. */
  readonly permissions: ReadonlySet<string>
  /** Absent where the application acts for itself. */
  readonly userId?: UserId
} & ({ readonly kind: 'user'; readonly user: User; readonly authorization: Authorization } | { readonly kind: 'application' })

/** Throws `unauthenticated` without a token, `invalid_token` for one that does not stand, `insufficient_scope` without `scope`. */
export async function authenticateBearer(
  ctx: TenantContext,
  authorization: string | undefined,
  options: { scope?: string } = {},
): Promise<BearerSubject> {
  const token = bearerTokenOf(authorization)
  if (token === undefined) throw new IamError('unauthenticated', 'an access token is needed: Authorization: Bearer ...')
  const { token: read, grant } = await loadLiveToken(ctx, token)
  if (options.scope !== undefined && !read.scopes.includes(options.scope))
    throw new IamError('insufficient_scope', `the access token lacks the scope ${options.scope}`)
  const held = grant ? await permissionsOfUser(ctx, grant.user) : await permissionsOfClient(ctx, read.clientId)
  const subject = { clientId: read.clientId, scopes: read.scopes, permissions: new Set(read.scopes.filter((scope) => held.has(scope))) }
  return grant ? { ...subject, kind: 'user', userId: grant.user.id, ...grant } : { ...subject, kind: 'application' }
}

/** Undefined: no bearer token came. */
export function bearerTokenOf(authorization: string | undefined): string | undefined {
  return authorization === undefined ? undefined : /^bearer +([\w.~+/=-]+) *$/i.exec(authorization)?.[1]
}

/** Throws `invalid_token`, in one same sentence whatever was wrong (RFC 6750 section 3.1). */
export async function loadLiveToken(ctx: TenantContext, token: string): Promise<LiveToken> {
  const read = await readAccessToken(ctx, token)
  const live = read && (await findLiveToken(ctx, read))
  if (!live) throw new IamError('invalid_token', 'the access token is expired, revoked, or not from here')
  return live
}

async function permissionsOfClient(ctx: TenantContext, clientId: ClientId): Promise<ReadonlySet<string>> {
  const application = await ctx.configuration.findApplication(clientId)
  return application ? permissionsOfApplication(ctx, application) : new Set()
}
