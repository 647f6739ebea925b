/** A password that an administrator sets passes the tenant's policy like any other, but for the demo's seed on a loopback address. */
import { IamError } from '@gatehouse/core/error.ts'
import type { UserId } from '@gatehouse/core/ids.ts'
import { findPasswordFault } from '@gatehouse/identity/password_faults.ts'
import type { HouseContext } from '../house.ts'

const WORDS = {
  required: 'empty',
  password_too_short: 'too short for the policy of this tenant',
  password_too_long: 'too long',
  password_common: 'one of the commonest passwords',
  password_contains_username: 'made of the user name or an address',
  password_used_before: 'one that the person had before',
  password_unchecked: 'not checked, since the service of breached passwords does not answer',
} as const

export async function checkAdministeredPassword(
  c: HouseContext,
  password: string,
  owner: { readonly id?: UserId; readonly userName: string; readonly emails: readonly { readonly value: string }[] },
): Promise<void> {
  const { id, userName, emails } = owner
  const names = { userName, emails: emails.map((email) => email.value) }
  const problem = await findPasswordFault(c.env.here, password, names, id)
  if (!problem) return
  const { excuseWeakPassword } = c.env.house
  if (!excuseWeakPassword)
    throw new IamError('validation_failed', `the password is ${WORDS[problem]}`, { fields: { '/password': WORDS[problem] } })
  excuseWeakPassword()
}
