/**
 * What travels through other hands and comes back: authorization codes, opaque access tokens. AES-256-GCM under a key of tenant and purpose, with
 * tenant, purpose and issuer as additional data, so that nothing sealed for one place opens at another. base64url of iv, ciphertext and tag.
 */
import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject } from 'node:crypto'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { bounded, perHouse } from './house_memory.ts'

const CIPHER = 'aes-256-gcm'
const IV_BYTES = 12
const TAG_BYTES = 16

export async function seal(ctx: TenantContext, purpose: string, text: string): Promise<string> {
  const iv = ctx.random.bytes(IV_BYTES)
  const cipher = createCipheriv(CIPHER, await derivedKey(ctx, purpose), iv)
  cipher.setAAD(additionalData(ctx, purpose))
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url')
}

/** Undefined for anything that was not sealed here for this purpose. */
export async function unseal(ctx: TenantContext, purpose: string, sealed: string): Promise<string | undefined> {
  const bytes = Buffer.from(sealed, 'base64url')
  // A text that is no canonical base64url was not made here.
  if (bytes.length < IV_BYTES + TAG_BYTES || bytes.toString('base64url') !== sealed) return undefined
  const decipher = createDecipheriv(CIPHER, await derivedKey(ctx, purpose), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
  decipher.setAAD(additionalData(ctx, purpose))
  decipher.setAuthTag(bytes.subarray(-TAG_BYTES))
  const text = decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES))
  try {
    return Buffer.concat([text, decipher.final()]).toString('utf8')
  } catch {
    // The tag does not fit: forged, or sealed elsewhere. Which of both is nobody's business.
    return undefined
  }
}

const keysOf = perHouse(() => bounded<KeyObject>(2_000))

/** A key of this tenant for one purpose. */
export async function derivedKey(ctx: Pick<TenantContext, 'vault' | 'stores'>, purpose: string): Promise<KeyObject> {
  const keys = keysOf(ctx)
  const name = `${purpose}/${ctx.stores.id}`
  const known = keys.get(name)
  if (known) return known
  const key = createSecretKey(await ctx.vault.derive(name))
  keys.set(name, key)
  return key
}

function additionalData(ctx: TenantContext, purpose: string): Buffer {
  return Buffer.from(`${purpose}\n${ctx.stores.id}\n${ctx.issuer}`)
}
