/** Codes of an authenticator application: RFC 6238 over RFC 4226. Six digits, 30 seconds, HMAC-SHA-1, as all such applications have it. */
import { createHmac, timingSafeEqual } from 'node:crypto'
import type { TotpCredential } from '@gatehouse/core/credential.ts'
import type { CredentialId, UserId } from '@gatehouse/core/ids.ts'
import { plainCode } from '@gatehouse/core/one_time_password.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { nowSeconds } from '../interaction.ts'
import type { FactorUse } from './factor_use.ts'

const STEP_SECONDS = 30
const DIGITS = 6
/** RFC 6238 section 5.2: one step before and after, for clocks that differ and for typing. */
const WINDOW = 1
/** RFC 4226 section 4, R6. */
export const SECRET_BYTES = 20

export const totp: FactorUse<TotpCredential> = {
  async check(ctx, { user, credential }, text) {
    const secret = await ctx.vault.unseal(credential.sealedSecret, sealContext(ctx, user.id, credential.id))
    const step = findTotpStep(secret, text, nowSeconds(ctx))
    if (step === undefined) return 'wrong'
    return (await ctx.stores.credentials.useTotpStep(user.id, credential, step)) ? 'right' : 'used'
  },
}

export function sealTotpSecret(ctx: TenantContext, userId: UserId, id: CredentialId, secret: Uint8Array): Promise<string> {
  return ctx.vault.seal(secret, sealContext(ctx, userId, id))
}

/** The time step whose code this is; undefined: of none near now. */
export function findTotpStep(secret: Uint8Array, text: string, nowSeconds: number): number | undefined {
  const code = Buffer.from(plainCode(text))
  const present = Math.floor(nowSeconds / STEP_SECONDS)
  let found: number | undefined
  // All are compared, whichever fits: the time tells nothing of it.
  for (let step = present - WINDOW; step <= present + WINDOW; step++) {
    const expected = Buffer.from(hotp(secret, step))
    if (code.length === expected.length && timingSafeEqual(code, expected)) found = step
  }
  return found
}

/** RFC 4226 section 5.3; with the other hashes of RFC 6238 for its test vectors. */
export function hotp(secret: Uint8Array, counter: number, digits = DIGITS, algorithm: 'sha1' | 'sha256' | 'sha512' = 'sha1'): string {
  const message = Buffer.alloc(8)
  message.writeBigUInt64BE(BigInt(counter))
  return truncate(createHmac(algorithm, secret).update(message).digest(), digits)
}

/** Dynamic truncation: RFC 4226 section 5.3. */
export function truncate(mac: Buffer, digits: number): string {
  const offset = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(offset) & 0x7fffffff) % 10 ** digits).padStart(digits, '0')
}

/** What the QR code says: https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
export function otpauthUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`
  return `otpauth://totp/${label}?secret=${base32(secret)}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${DIGITS}&period=${STEP_SECONDS}`
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4648 section 6, without padding, as authenticator applications take it. */
export function base32(bytes: Uint8Array): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)]).join('')
}

function sealContext(ctx: TenantContext, userId: UserId, id: CredentialId): string {
  return `totp/${ctx.stores.id}/${userId}/${id}`
}
