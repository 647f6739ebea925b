/** Proof Key for Code Exchange: RFC 7636. S256 only: `plain` protects nothing once the request is seen. */
import { IamError } from './error.ts'

const S256_CHALLENGE = /^[A-Za-z0-9_-]{43}$/
/** RFC 7636 section 4.1. */
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/

/** Section 4.3 and 4.4.1. Undefined: the application goes without, and may. */
export function readCodeChallenge(challenge: string | undefined, method: string | undefined, required: boolean): string | undefined {
  if (challenge === undefined) {
    if (method !== undefined) throw new IamError('invalid_request', 'code_challenge_method came without code_challenge')
    if (required) throw new IamError('invalid_request', 'code_challenge is missing: this application must use PKCE')
    return undefined
  }
  if (method !== 'S256') throw new IamError('invalid_request', `code_challenge_method must be S256, not ${method ?? 'left out (plain)'}`)
  if (!S256_CHALLENGE.test(challenge))
    throw new IamError('invalid_request', 'code_challenge is no S256 challenge: 43 characters of base64url')
  return challenge
}

export function checkCodeVerifier(verifier: string | undefined): void {
  if (verifier !== undefined && !VERIFIER.test(verifier))
    throw new IamError('invalid_request', 'code_verifier is 43 to 128 unreserved characters')
}

/**
 * Section 4.6. `computed` is S256 of the verifier that came. A verifier without a challenge is refused too: somebody took the challenge out of the
 * request (RFC 9700 section 4.8.2).
 */
export function checkPkce(challenge: string | undefined, computed: string | undefined): void {
  if (challenge === undefined && computed === undefined) return
  if (challenge !== computed) throw new IamError('invalid_grant', 'code_verifier does not match code_challenge')
}
