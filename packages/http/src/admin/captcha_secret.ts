/** The secret of a captcha's third party: sealed when it comes, kept while it is for the same site key, and never given back. */
import type { CaptchaPolicy } from '@gatehouse/core/captcha.ts'
import { IamError } from '@gatehouse/core/error.ts'
import type { TenantPolicies } from '@gatehouse/core/tenant.ts'
import { sealSecret } from '@gatehouse/identity/captcha/third_party.ts'
import type { KeyVault } from '@gatehouse/ports/key_vault.ts'
import type { CaptchaSettings } from './schema/captcha.ts'

/** Throws `validation_failed` where a secret is needed and none is stored. */
export async function captchaPolicyOf(
  vault: KeyVault,
  tenant: string,
  given: CaptchaSettings | undefined,
  before?: CaptchaPolicy,
): Promise<{ captcha?: CaptchaPolicy }> {
  if (given === undefined) return {}
  const { secret, siteKey, risk, ...rest } = given
  const policy: CaptchaPolicy = { ...rest, ...(siteKey === undefined ? {} : { siteKey }), ...(risk === undefined ? {} : { risk }) }
  if (policy.provider === 'proof_of_work') return { captcha: policy }
  const same = before?.provider === policy.provider && before.siteKey === siteKey
  const sealedSecret = secret === undefined ? same && before.sealedSecret : await sealSecret({ vault }, tenant, secret)
  if (!sealedSecret) {
    throw new IamError('validation_failed', 'the captcha needs its secret', {
      fields: { '/policies/captcha/secret': `no secret of this site key is stored for ${policy.provider}; send it along` },
    })
  }
  return { captcha: { ...policy, sealedSecret } }
}

export function withoutCaptchaSecret(policies: Pick<TenantPolicies, 'captcha'>): unknown {
  if (policies.captcha === undefined) return policies
  const { sealedSecret: _, ...captcha } = policies.captcha
  return { ...policies, captcha }
}
