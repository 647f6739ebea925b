/** A client certificate beside what said who it is. What it stands on is loaded with the first: it is larger than all else here. */
import type { X509Credential } from '@gatehouse/core/credential.ts'
import type { FactorUse } from './factor_use.ts'

export const x509: FactorUse<X509Credential> = {
  /** `text`: what came back from the certificates' host. Any certificate of the person's will do: the browser asks which. */
  async check(ctx, { user, credential, boundTo }, text) {
    const { openProof, spendProof } = await import('../certificates/handover.ts')
    const { lookAt } = await import('../certificates/sign_in.ts')
    const proof = await openProof(ctx, text, boundTo)
    if (proof?.purpose !== 'further') return { kind: 'wrong', because: 'late' }
    if (!(await spendProof(ctx, proof))) return 'used'
    const looked = await lookAt(ctx, proof)
    if (looked.kind === 'refused') return { ...looked, kind: 'wrong' }
    if (looked.owner.user.id !== user.id) return { kind: 'wrong', because: 'unknown' }
    const used = looked.owner.credential ?? credential
    await ctx.stores.credentials.markUsed(user.id, used)
    return { kind: 'right', proven: looked.proven, credential: used.id }
  },
}
