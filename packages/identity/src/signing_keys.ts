/** A tenant's signing keys in use (RFC 7517): which one signs now, which ones verify, each unsealed and imported once per process. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { IamError } from '@gatehouse/core/error.ts'
import type { SigningAlgorithm, SigningKey } from '@gatehouse/store/signing_key.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from './house_memory.ts'

/** `headers`: JOSE header segments by `typ`, made once. */
export type PrivateKey = {
  readonly kid: string
  readonly alg: SigningAlgorithm
  readonly key: KeyObject
  readonly headers: Map<string, string>
}
export type PublicKey = { readonly kid: string; readonly alg: SigningAlgorithm; readonly key: KeyObject }

const MAXIMUM_KEYS = 1_000
const memoryOf = perHouse(() => ({
  privateKeys: bounded<PrivateKey>(MAXIMUM_KEYS),
  publicKeys: bounded<PublicKey>(MAXIMUM_KEYS),
}))

export async function loadPrivateKey(ctx: TenantContext, alg: SigningAlgorithm): Promise<PrivateKey> {
  const keys = await ctx.configuration.listSigningKeys()
  const signingKey = signingKeyAt(keys, alg, nowSeconds(ctx))
  if (!signingKey)
    throw new IamError('unavailable', 'no signing key is there at the moment', { detail: `no active ${alg} key of ${ctx.tenant.id}` })
  const { privateKeys } = memoryOf(ctx)
  const name = `${ctx.tenant.id}\n${signingKey.kid}`
  const known = privateKeys.get(name)
  if (known) return known
  const jwk = JSON.parse(Buffer.from(await ctx.vault.unseal(signingKey.sealedJwk, sealContext(ctx, signingKey.kid))).toString('utf8'))
  const made: PrivateKey = {
    kid: signingKey.kid,
    alg,
    key: createPrivateKey({ key: jwk, format: 'jwk' }),
    headers: new Map(),
  }
  privateKeys.set(name, made)
  return made
}

/** Undefined: there is no such key, or it is withdrawn. */
export async function findPublicKey(ctx: TenantContext, kid: string): Promise<PublicKey | undefined> {
  const keys = await ctx.configuration.listSigningKeys()
  const signingKey = keys.find((key) => key.kid === kid && isPublished(key, nowSeconds(ctx)))
  if (!signingKey) return undefined
  const { publicKeys } = memoryOf(ctx)
  const name = `${ctx.tenant.id}\n${kid}`
  const known = publicKeys.get(name)
  if (known) return known
  const made: PublicKey = {
    kid,
    alg: signingKey.alg,
    key: createPublicKey({ key: JSON.parse(signingKey.publicJwk), format: 'jwk' }),
  }
  publicKeys.set(name, made)
  return made
}

/** The one that became active last. A key signs only once every cached JWKS has it. */
export function signingKeyAt(keys: readonly SigningKey[], alg: SigningAlgorithm, now: number): SigningKey | undefined {
  let chosen: SigningKey | undefined
  for (const key of keys) {
    if (key.alg !== alg || key.activeAt > now || !isPublished(key, now)) continue
    if (chosen === undefined || key.activeAt > chosen.activeAt || (key.activeAt === chosen.activeAt && key.kid > chosen.kid)) chosen = key
  }
  return chosen
}

export function isPublished(key: SigningKey, now: number): boolean {
  return key.publishedAt <= now && (key.withdrawnAt === undefined || now < key.withdrawnAt)
}

export function sealContext(ctx: Pick<TenantContext, 'stores'>, kid: string): string {
  return `signing-key/${ctx.stores.id}/${kid}`
}

export function nowSeconds(ctx: Pick<TenantContext, 'clock'>): number {
  return Math.floor(ctx.clock.now() / 1000)
}
