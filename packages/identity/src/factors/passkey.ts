/** A passkey beside what said who it is. How it is checked is `passkeys/assertion.ts`, which is loaded with the first: it is larger than all else here. */
import type { PasskeyCredential } from '@gatehouse/core/credential.ts'
import type { FactorUse } from './factor_use.ts'

export const passkey: FactorUse<PasskeyCredential> = {
  async check(ctx, { user, boundTo }, text) {
    const { checkAssertion } = await import('../passkeys/assertion.ts')
    const outcome = await checkAssertion(ctx, { text, boundTo, owner: user.id })
    return outcome.kind === 'right' ? { kind: 'right', proven: outcome.proven, credential: outcome.credential } : outcome.kind
  },
}
