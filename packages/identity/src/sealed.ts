/**
 * Seals small values that travel through a browser or a mail and come back: JWE (RFC 7516), direct encryption with A256GCM under a key derived for
 * tenant, issuer and purpose, so that nothing sealed for one is ever read by another.
 */
import { CompactEncrypt, compactDecrypt, errors } from 'jose'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export type SealPurpose = 'interaction' | 'known_browser' | 'email_verification' | 'invitation'

const text = new TextEncoder()

/** `subject` is authenticated with the value: what was sealed for one id is not opened for another. */
export async function seal(ctx: TenantContext, purpose: SealPurpose, subject: string, value: object): Promise<string> {
  const jwe = new CompactEncrypt(text.encode(JSON.stringify(value))).setProtectedHeader({ alg: 'dir', enc: 'A256GCM', sub: subject })
  return jwe.encrypt(await keyOf(ctx, purpose))
}

/** Undefined for whatever was not sealed here for this purpose and subject. The caller parses what comes out. */
export async function unseal(ctx: TenantContext, purpose: SealPurpose, subject: string, sealed: string): Promise<unknown> {
  try {
    const { plaintext, protectedHeader } = await compactDecrypt(sealed, await keyOf(ctx, purpose), { keyManagementAlgorithms: ['dir'], contentEncryptionAlgorithms: ['A256GCM'] })
    return protectedHeader.sub === subject ? JSON.parse(new TextDecoder().decode(plaintext)) : undefined
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined
    throw error
  }
}

function keyOf(ctx: TenantContext, purpose: SealPurpose): Promise<Uint8Array> {
  return ctx.vault.derive(`${purpose}\n${ctx.tenant.id}\n${ctx.issuer}`)
}
