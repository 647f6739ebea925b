/** Recovery codes: ten, once each, for when the other factors are not at hand. Stored as keyed hashes, shown when they are made. */
import { createHmac } from 'node:crypto'
import type { RecoveryCodes } from '@gatehouse/core/credential.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { derivedKey } from '../seal.ts'
import type { FactorUse } from './factor_use.ts'

const HOW_MANY = 10
/** 50 bits each: far beyond guessing at five tries, short enough to be written down. No letter that looks like another. */
const CHARACTERS = 10
const ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz'

export const recoveryCode: FactorUse<RecoveryCodes> = {
  async check(ctx, { user, credential }, text) {
    const hash = await hashOfRecoveryCode(ctx, text)
    const hashes = await ctx.stores.credentials.recoveryHashes(user.id, credential)
    const place = [...hashes].find(([, stored]) => stored === hash)?.[0]
    if (place === undefined) return 'wrong'
    const event = ctx.stores.shelf.event('recovery_code.used', { actor: ctx.actor, userId: user.id, data: { left: hashes.size - 1 } })
    return (await ctx.stores.credentials.useRecoveryCode(user.id, credential, place, hash, event)) ? 'right' : 'used'
  },
}

export async function makeRecoveryCodes(ctx: TenantContext): Promise<{ readonly codes: string[]; readonly hashes: string[] }> {
  const codes = Array.from({ length: HOW_MANY }, () => makeCode(ctx))
  return { codes, hashes: await Promise.all(codes.map((code) => hashOfRecoveryCode(ctx, code))) }
}

/** Evenly: a byte beyond the last whole multiple of the alphabet's length is thrown away. */
function makeCode(ctx: TenantContext): string {
  let code = ''
  while (code.length < CHARACTERS)
    for (const byte of ctx.random.bytes(CHARACTERS)) {
      if (byte < ALPHABET.length * 8 && code.length < CHARACTERS) code += ALPHABET[byte % ALPHABET.length]
    }
  return `${code.slice(0, CHARACTERS / 2)}-${code.slice(CHARACTERS / 2)}`
}

async function hashOfRecoveryCode(ctx: TenantContext, text: string): Promise<string> {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
  return createHmac('sha256', await derivedKey(ctx, 'recovery_code'))
    .update(plain)
    .digest('base64url')
}
