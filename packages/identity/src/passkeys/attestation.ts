/**
 * Attestation: which model of authenticator made a passkey, and who vouches for it (WebAuthn Level 3 section 6.5, 7.1 steps 22 to 24). The certificates are
 * followed to a trusted root here, before anything else looks at them: the library would ask addresses that stand in a certificate whether it was revoked,
 * which is for the house's own egress alone, and keeps the roots of a format for the whole process, where each tenant has its own.
 */
import { X509Certificate } from 'node:crypto'
import { passkeyPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { SettingsService } from '@simplewebauthn/server'
import { convertAAGUIDToString, decodeAttestationObject, isoCBOR, parseAuthenticatorData } from '@simplewebauthn/server/helpers'

/** Formats with certificates. `none` and self-attestation prove nothing of the model. */
const WITH_CERTIFICATES = ['packed', 'fido-u2f', 'tpm', 'android-key', 'apple'] as const
/** Those whose makers' roots everybody knows; they come with the library. */
const WITH_KNOWN_ROOTS = ['android-key', 'apple'] as const
const LONGEST_CHAIN = 6

const KNOWN_ROOTS = new Map<string, readonly string[]>(
  WITH_KNOWN_ROOTS.map((identifier) => [identifier, SettingsService.getRootCertificates({ identifier })]),
)
// From here on it checks signatures and contents; chains are ours.
for (const identifier of [...WITH_CERTIFICATES, 'android-safetynet'] as const)
  SettingsService.setRootCertificates({ identifier, certificates: [] })

/** The same without its statement, for who did not ask for one: nothing of it is to be believed, so nothing of it is read. */
export function withoutStatement(attestationObject: string): string {
  const authData = decode(attestationObject).get('authData')
  const bare = new Map<string, string | Uint8Array | Map<string, string>>([
    ['fmt', 'none'],
    ['attStmt', new Map<string, string>()],
    ['authData', authData],
  ])
  return Buffer.from(isoCBOR.encode(bare)).toString('base64url')
}

/** Is it a model that the tenant takes, by a chain that ends at a root which the tenant, or its maker, vouches with? The statement's signature is still to be checked. */
export function isVouchedFor(ctx: Pick<TenantContext, 'tenant' | 'clock' | 'log'>, attestationObject: string): boolean {
  const { aaguids, trustedRoots = [] } = passkeyPolicyOf(ctx.tenant)
  try {
    const decoded = decode(attestationObject)
    const fmt = decoded.get('fmt')
    const chain = decoded.get('attStmt').get('x5c')
    if (!WITH_CERTIFICATES.some((one) => one === fmt) || chain === undefined) return false
    const { aaguid } = parseAuthenticatorData(decoded.get('authData'))
    if (aaguids !== undefined && (aaguid === undefined || !aaguids.includes(convertAAGUIDToString(aaguid)))) return false
    const roots = [...trustedRoots, ...(KNOWN_ROOTS.get(fmt) ?? [])].map((pem) => new X509Certificate(pem))
    return endsAt(
      chain.map((der) => new X509Certificate(der)),
      roots,
      ctx.clock.now(),
    )
  } catch (error) {
    // What cannot be read vouches for nothing.
    ctx.log.write('info', 'an attestation could not be read', { tenant: ctx.tenant.id, because: String(error).slice(0, 300) })
    return false
  }
}

/** RFC 5280 section 6.1, as far as such chains have it: each is valid now, signed by the next, which may sign, and the last by a trusted root, or is one. */
export function endsAt(chain: readonly X509Certificate[], roots: readonly X509Certificate[], now: number): boolean {
  const isValid = ({ validFromDate, validToDate }: X509Certificate) => validFromDate.getTime() <= now && now <= validToDate.getTime()
  const isSignedBy = (one: X509Certificate, issuer: X509Certificate) => issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey)
  if (chain.length > LONGEST_CHAIN) return false
  for (const [index, one] of chain.entries()) {
    if (!isValid(one)) return false
    const root = roots.find((candidate) => candidate.raw.equals(one.raw) || isSignedBy(one, candidate))
    if (root !== undefined) return isValid(root)
    const next = chain[index + 1]
    if (next === undefined || !isSignedBy(one, next)) return false
  }
  return false
}

function decode(attestationObject: string) {
  return decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')))
}
