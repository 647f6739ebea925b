/**
 * Refresh tokens carry their way: user, authorization, generation, secret. The secret is a MAC of the rest under a key of the tenant, so that one that was
 * never issued is told from one that is spent, and a retry gets the very token that the first try got. Only its hash is stored.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Authorization } from '@gatehouse/core/authorization.ts'
import { type AuthorizationId, isId, type UserId } from '@gatehouse/core/ids.ts'
import { hashOfSecret } from '@gatehouse/store/keys.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { derivedKey } from './seal.ts'

export type RefreshToken = {
  readonly userId: UserId
  readonly authorizationId: AuthorizationId
  readonly generation: number
  readonly hash: string
}
export type IssuedRefreshToken = { readonly token: string; readonly hash: string }

const PURPOSE = 'refresh-token'

export async function makeRefreshToken(
  ctx: TenantContext,
  of: Pick<Authorization, 'userId' | 'id'>,
  generation: number,
): Promise<IssuedRefreshToken> {
  const route = `${of.userId}.${of.id}.${generation}`
  const secret = await secretOf(ctx, route)
  return { token: `${route}.${secret}`, hash: hashOfSecret(secret) }
}

/** Undefined for what was never issued at this issuer. Whether it is the current one, the authorization says. */
export async function readRefreshToken(ctx: TenantContext, text: string): Promise<RefreshToken | undefined> {
  const [userId, authorizationId, generation = '', secret = '', ...rest] = text.split('.')
  if (rest.length > 0 || !isId('usr', userId) || !isId('aut', authorizationId) || !/^[1-9]\d{0,8}$/.test(generation)) return undefined
  const expected = Buffer.from(await secretOf(ctx, `${userId}.${authorizationId}.${generation}`))
  const came = Buffer.from(secret)
  if (came.length !== expected.length || !timingSafeEqual(came, expected)) return undefined
  return { userId, authorizationId, generation: Number(generation), hash: hashOfSecret(secret) }
}

async function secretOf(ctx: TenantContext, route: string): Promise<string> {
  return createHmac('sha256', await derivedKey(ctx, PURPOSE))
    .update(`${ctx.issuer}\n${route}`)
    .digest('base64url')
}
