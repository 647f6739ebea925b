/** A tenant's signing keys: private halves sealed, each with the times at which it is published, signs, and is withdrawn. */
import { ABSENT, fromItem, toItem } from './item.ts'
import type { Shelf } from './shelf.ts'

export type SigningAlgorithm = 'ES256' | 'RS256'

export type SigningKey = {
  readonly kid: string
  readonly alg: SigningAlgorithm
  /** Public JWK (RFC 7517) as JSON. */
  readonly publicJwk: string
  /** Sealed by the KeyVault with the context `signing-key/{tenant}/{kid}`: the private JWK as JSON. */
  readonly sealedJwk: string
  /** Seconds since the epoch: in the JWKS from `publishedAt`, signing from `activeAt`, out of the JWKS from `withdrawnAt` (absent: not planned). */
  readonly publishedAt: number
  readonly activeAt: number
  readonly withdrawnAt?: number
}

export function signingKeyStore(shelf: Shelf) {
  const key = (kid: string) => ({ pk: shelf.keys.configuration, sk: `KEY#${kid}` })
  return {
    async list(): Promise<SigningKey[]> {
      const page = await shelf.table.query({ pk: shelf.keys.configuration, prefix: 'KEY#', limit: 100, consistent: true })
      return page.items.map((item) => fromItem<SigningKey>(item))
    },
    async add(signingKey: SigningKey): Promise<void> {
      await shelf.table.put(
        toItem(key(signingKey.kid), signingKey, {
          event: shelf.event('key.rotated', { data: { kid: signingKey.kid, alg: signingKey.alg } }),
        }),
        ABSENT,
      )
    },
    /** Plans the end of a key: it stays published until then, so that what it signed still verifies. */
    async withdraw(kid: string, at: number): Promise<void> {
      await shelf.table.update(key(kid), { set: { withdrawnAt: at, ttl: at + 86_400 } }, [{ attribute: 'kid', is: 'present' }])
    },
  }
}
