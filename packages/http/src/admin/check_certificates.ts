/** The authorities of a policy before it is stored. What reads them is loaded with the first. */
import type { CertificatePolicy } from '@gatehouse/core/certificate_policy.ts'
import { IamError } from '@gatehouse/core/error.ts'

/** `now` in milliseconds since the epoch. Throws `validation_failed` at the fields. */
export async function checkCertificates(policy: CertificatePolicy | undefined, now: number): Promise<void> {
  if (policy === undefined) return
  const { findCertificateFaults } = await import('@gatehouse/identity/certificates/check_policy.ts')
  const faults = findCertificateFaults(policy, now)
  const pointer = (path: readonly (string | number)[]) => `/policies/certificates/${path.join('/')}`
  const [first] = faults
  if (first === undefined) return
  throw new IamError('validation_failed', `${pointer(first.path)}: ${first.message}`, {
    fields: Object.fromEntries(faults.map(({ path, message }) => [pointer(path), message])),
  })
}
