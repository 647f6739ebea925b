/** A password that an administrator sets passes the tenant's policy like any other, but for the demo's seed on a loopback address. */
import { IamError } from '@gatehouse/core/error.ts'
import { findPasswordProblem } from '@gatehouse/core/password_policy.ts'
import type { HouseContext } from '../house.ts'

const WORDS = {
  required: 'empty',
  password_too_short: 'too short for the policy of this tenant',
  password_too_long: 'too long',
  password_common: 'one of the commonest passwords',
  password_contains_username: 'made of the user name or an address',
} as const

export async function checkAdministeredPassword(
  c: HouseContext,
  password: string,
  owner: { readonly userName: string; readonly emails: readonly { readonly value: string }[] },
): Promise<void> {
  const { userName, emails } = owner
  const names = { userName, emails: emails.map((email) => email.value) }
  const problem = await findPasswordProblem(password, c.env.here.tenant.policies.password, names)
  if (!problem) return
  const { excuseWeakPassword } = c.env.house
  if (!excuseWeakPassword)
    throw new IamError('validation_failed', `the password is ${WORDS[problem]}`, { fields: { '/password': WORDS[problem] } })
  excuseWeakPassword()
}
