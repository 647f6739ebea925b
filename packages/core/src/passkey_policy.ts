/** Which passkeys a tenant takes: WebAuthn Level 3, sections 5.4.4 to 5.4.7. */

export type PasskeyPolicy = {
  /** False: none is offered, added or accepted. */
  readonly allowed: boolean
  /** `preferred`: as a second factor also one whose device did not make sure of its user, as old security keys; never in a first step. */
  readonly userVerification: 'required' | 'preferred'
  /** `direct`: only models that prove themselves by a certificate which ends at a trusted root. */
  readonly attestation: 'none' | 'direct'
  /** With `direct`: only these models. Absent: all. */
  readonly aaguids?: readonly string[]
  /** With `direct`: certificates in PEM that are trusted, beside those of Apple and Google for their own devices. */
  readonly trustedRoots?: readonly string[]
}

export const DEFAULT_PASSKEYS: PasskeyPolicy = { allowed: true, userVerification: 'required', attestation: 'none' }

/** A model that nobody vouches for may call itself anything: a list of models without certificates keeps nobody out. */
export function findPasskeyProblem({ attestation, aaguids, trustedRoots }: PasskeyPolicy): string | undefined {
  if (attestation === 'direct' || (aaguids === undefined && trustedRoots === undefined)) return undefined
  return `${aaguids === undefined ? 'trustedRoots' : 'aaguids'} is worth something with attestation "direct" only`
}
