/**
 * Attestation: which model of authenticator made a passkey, and who vouches for it (WebAuthn Level 3 section 6.5, 7.1 steps 22 to 24). The statement is checked by
 * `statements/`, its certificates are followed to a trusted root here; the library gets neither: it would ask addresses that stand in a certificate whether it was
 * revoked, which is for the house's own egress alone, and keeps the roots of a format for the whole process, where each tenant has its own.
 */
import { X509Certificate } from 'node:crypto'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { SettingsService } from '@simplewebauthn/server'
import { convertAAGUIDToString, decodeAttestationObject, isoCBOR } from '@simplewebauthn/server/helpers'
import { isSignedBy, isValidAt } from '../certificates/signed_by.ts'
import { checkStatement } from './statements/check_statement.ts'
import type { AttestationResponse } from './wire.ts'

/** Those whose makers' roots everybody knows; they come with the library. */
const WITH_KNOWN_ROOTS = ['android-key', 'apple'] as const
const KNOWN_ROOTS = new Map<string, readonly string[]>(
  WITH_KNOWN_ROOTS.map((identifier) => [identifier, SettingsService.getRootCertificates({ identifier })]),
)
const LONGEST_CHAIN = 6
const NO_MODEL = Buffer.alloc(16)

/** The same without its statement: what nobody asked for is not read, and what was asked for was checked here. */
export function withoutStatement(attestationObject: string): string {
  const authData = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url'))).get('authData')
  const bare = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, string>()],
    ['authData', authData],
  ])
  return Buffer.from(isoCBOR.encode(bare)).toString('base64url')
}

/**
 * The model (its AAGUID; zeros where the format proves none), if it is one that the tenant takes, and vouched for by a chain that ends at a root of the tenant's, or of its maker.
 * `none` and self-attestation have no chain.
 */
export function findVouchedModel(
  ctx: Pick<TenantContext, 'tenant' | 'clock' | 'log'>,
  { attestationObject, clientDataJSON }: Pick<AttestationResponse, 'attestationObject' | 'clientDataJSON'>,
): string | undefined {
  const { aaguids, trustedRoots = [] } = passkeyPolicyOf(ctx.tenant)
  try {
    const { fmt, chain, aaguid } = checkStatement(attestationObject, clientDataJSON)
    const model = convertAAGUIDToString(new Uint8Array(aaguid ?? NO_MODEL))
    if (aaguids !== undefined && !aaguids.includes(model)) return undefined
    const roots = [...trustedRoots, ...(KNOWN_ROOTS.get(fmt) ?? [])].map((pem) => new X509Certificate(pem))
    return endsAt(chain, roots, ctx.clock.now()) ? model : undefined
  } catch (error) {
    // What cannot be read vouches for nothing.
    ctx.log.write('info', 'an attestation was not in order', { tenant: ctx.tenant.id, because: String(error).slice(0, 300) })
    return undefined
  }
}

/** RFC 5280 section 6.1, as far as such chains have it: each is valid now, signed by the next, which may sign, and the last by a trusted root, or is one. */
export function endsAt(chain: readonly X509Certificate[], roots: readonly X509Certificate[], now: number): boolean {
  if (chain.length > LONGEST_CHAIN) return false
  for (const [index, one] of chain.entries()) {
    if (!isValidAt(one, now)) return false
    const root = roots.find((candidate) => candidate.raw.equals(one.raw) || isSignedBy(one, candidate))
    if (root !== undefined) return isValidAt(root, now)
    const next = chain[index + 1]
    if (next === undefined || !isSignedBy(one, next)) return false
  }
  return false
}
