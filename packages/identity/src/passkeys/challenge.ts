/**
 * Challenges of passkeys (WebAuthn Level 3 section 13.4.3): random, for one interaction or session and one purpose, five minutes. Nothing is stored of one that
 * was only shown: it carries its end and a keyed mark of what it is for, and is spent where it is used.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import { derivedKey } from '../seal.ts'

export const CHALLENGE_SECONDS = 300
const TIME_BYTES = 4
const RANDOM_BYTES = 16
const MARK_BYTES = 16

/** `sign_in` is bound to the interaction's id, `registration` to that or the session's, and to the person's. */
export type ChallengePurpose = 'sign_in' | 'registration'
export type OpenedChallenge =
  | { readonly kind: 'good'; readonly expiresAt: number }
  | { readonly kind: 'expired' }
  | { readonly kind: 'foreign' }

export async function makeChallenge(ctx: TenantContext, purpose: ChallengePurpose, ...boundTo: readonly string[]): Promise<string> {
  const body = Buffer.alloc(TIME_BYTES + RANDOM_BYTES)
  body.writeUInt32BE(nowSeconds(ctx) + CHALLENGE_SECONDS)
  body.set(ctx.random.bytes(RANDOM_BYTES), TIME_BYTES)
  return Buffer.concat([body, await markOf(ctx, body, [purpose, ...boundTo])]).toString('base64url')
}

/** `foreign`: made elsewhere, for something else, or by nobody of here. */
export async function openChallenge(
  ctx: TenantContext,
  challenge: string,
  purpose: ChallengePurpose,
  ...boundTo: readonly string[]
): Promise<OpenedChallenge> {
  const bytes = Buffer.from(challenge, 'base64url')
  const body = bytes.subarray(0, TIME_BYTES + RANDOM_BYTES)
  const [given, expected] = [bytes.subarray(body.length), await markOf(ctx, body, [purpose, ...boundTo])]
  if (bytes.toString('base64url') !== challenge || given.length !== expected.length || !timingSafeEqual(given, expected))
    return { kind: 'foreign' }
  const expiresAt = body.readUInt32BE()
  return expiresAt > nowSeconds(ctx) ? { kind: 'good', expiresAt } : { kind: 'expired' }
}

/** What the authenticator knows the person by: of tenants that share a host, each has its own. */
export function userHandleOf({ stores }: Pick<TenantContext, 'stores'>, userId: UserId): string {
  return createHash('sha256').update(`${stores.id}\n${userId}`).digest('base64url')
}

async function markOf(ctx: TenantContext, body: Buffer, boundTo: readonly string[]): Promise<Buffer> {
  const mac = createHmac('sha256', await derivedKey(ctx, 'webauthn_challenge'))
  return mac
    .update([ctx.issuer, ...boundTo].join('\n'))
    .update(body)
    .digest()
    .subarray(0, MARK_BYTES)
}
