/** What a new password must be: NIST SP 800-63B section 5.1.1.2 (length, a list of the commonest, nothing of the person's own names; no rules of composition). */
import type { PasswordPolicy } from './tenant.ts'

export type PasswordProblem = 'required' | 'password_too_short' | 'password_too_long' | 'password_common' | 'password_contains_username'

export type PasswordOwner = { readonly userName: string; readonly emails: readonly string[] }

/** A name shorter than this stands in too many passwords to be refused. */
const SHORTEST_TELLING_NAME = 3

export async function findPasswordProblem(
  password: string,
  policy: PasswordPolicy,
  owner: PasswordOwner,
): Promise<PasswordProblem | undefined> {
  const length = [...password].length
  if (length === 0) return 'required'
  if (length < policy.minimumLength) return 'password_too_short'
  if (length > policy.maximumLength) return 'password_too_long'
  if (policy.refuseUserName && containsName(password, owner)) return 'password_contains_username'
  if (policy.refuseCommon && (await isCommon(password))) return 'password_common'
  return undefined
}

function containsName(password: string, owner: PasswordOwner): boolean {
  const text = fold(password)
  const names = [owner.userName, ...owner.emails].flatMap((name) => [name, name.split('@')[0] ?? ''])
  return names.map(fold).some((name) => name.length >= SHORTEST_TELLING_NAME && text.includes(name))
}

/** Loaded when first needed: most functions never see a new password. */
export async function isCommon(password: string): Promise<boolean> {
  const { isCommonPassword } = await import('./common_passwords.ts')
  return isCommonPassword(fold(password))
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
