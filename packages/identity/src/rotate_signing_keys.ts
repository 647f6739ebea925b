/**
 * Makes and replaces a tenant's signing keys without a failed verification: a new key is published a full life of a cached JWKS before it signs, and the
 * former one is withdrawn only when the last token that it signed has ended.
 */

import type { SigningAlgorithm, SigningKey } from '@gatehouse/store/signing_key.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { calculateJwkThumbprint, exportJWK, generateKeyPair } from 'jose'
import { ID_TOKEN_SECONDS, JWKS_CACHE_SECONDS, KEY_LIST_AGE_SECONDS } from './lifetimes.ts'
import { nowSeconds, sealContext, signingKeyAt } from './signing_keys.ts'

const ALGORITHMS: readonly SigningAlgorithm[] = ['ES256', 'RS256']

type KeysContext = Pick<TenantContext, 'stores' | 'vault' | 'clock' | 'configuration'>

/** At a tenant's creation: one key of each algorithm, which signs at once, since nobody has a JWKS of this tenant yet. Repeating it changes nothing. */
export async function ensureSigningKeys(ctx: KeysContext): Promise<void> {
  const keys = await ctx.stores.signingKeys.list()
  const now = nowSeconds(ctx)
  for (const alg of ALGORITHMS) {
    if (signingKeyAt(keys, alg, now) === undefined) await ctx.stores.signingKeys.add(await makeSigningKey(ctx, alg, now))
  }
  ctx.configuration.forgetAll()
}

/** Gives the new keys' ids. The change takes effect by itself as time passes. */
export async function rotateSigningKeys(ctx: KeysContext & Pick<TenantContext, 'tenant'>): Promise<string[]> {
  const before = await ctx.stores.signingKeys.list()
  const now = nowSeconds(ctx)
  const activeAt = now + JWKS_CACHE_SECONDS + KEY_LIST_AGE_SECONDS
  const longestToken = Math.max(ID_TOKEN_SECONDS, ctx.tenant.policies.accessTokenSeconds)
  const made = await Promise.all(ALGORITHMS.map((alg) => makeSigningKey(ctx, alg, activeAt)))
  // First published, then withdrawn: a crash in between leaves one key too many, never one too few.
  for (const key of made) await ctx.stores.signingKeys.add(key)
  for (const key of before) {
    if (key.withdrawnAt === undefined)
      await ctx.stores.signingKeys.withdraw(key.kid, Math.max(activeAt, key.activeAt) + longestToken + KEY_LIST_AGE_SECONDS)
  }
  ctx.configuration.forgetAll()
  return made.map((key) => key.kid)
}

async function makeSigningKey(ctx: KeysContext, alg: SigningAlgorithm, activeAt: number): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true })
  const publicJwk = await exportJWK(publicKey)
  const kid = await calculateJwkThumbprint(publicJwk)
  const sealedJwk = await ctx.vault.seal(Buffer.from(JSON.stringify(await exportJWK(privateKey))), sealContext(ctx, kid))
  return { kid, alg, publicJwk: JSON.stringify({ ...publicJwk, kid, alg, use: 'sig' }), sealedJwk, publishedAt: nowSeconds(ctx), activeAt }
}
