/** What may be a user name, and what a dotless last suffix says: `jo@acme` is `jo` of tenant `acme`, `jo@acme.example` is a name like any other. */
import { isTenantId } from './ids.ts'

export type UserNameProblem = 'required' | 'too_short' | 'too_long' | 'username_invalid'

const LONGEST = 100

export function normaliseUserName(text: string): string {
  return text.normalize('NFKC').trim()
}

/** Of a normalised name. */
export function findUserNameProblem(userName: string): UserNameProblem | undefined {
  if (userName === '') return 'required'
  if ([...userName].length < 2) return 'too_short'
  if ([...userName].length > LONGEST) return 'too_long'
  // A dotless suffix would name a tenant.
  const [, suffix, ...more] = userName.split('@')
  if (!hasForm(userName) || more.length > 0 || (suffix !== undefined && !/.\../.test(suffix))) return 'username_invalid'
  return undefined
}

/** Letters and digits of any script, and what stands in e-mail addresses. Unicode's classes are read with the first name, not whenever a function starts. */
function hasForm(name: string): boolean {
  return /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._%+@-]*$/u.test(name)
}

export type Addressed =
  | { readonly kind: 'here'; readonly userName: string }
  /** `tenant` is what was typed, in lower case; whether there is such a tenant is another question. */
  | { readonly kind: 'elsewhere'; readonly userName: string; readonly tenant: string }

/** Whom a typed name is for, at the tenant `here`. */
export function addressOf(typed: string, here: string): Addressed {
  const userName = normaliseUserName(typed)
  const at = userName.lastIndexOf('@')
  const suffix = userName.slice(at + 1).toLowerCase()
  if (at < 1 || suffix === '' || suffix.includes('.')) return { kind: 'here', userName }
  const name = userName.slice(0, at)
  return suffix === here ? { kind: 'here', userName: name } : { kind: 'elsewhere', userName: name, tenant: suffix }
}

/** Only then is it worth asking whether there is such a tenant. */
export function mayBeTenant(tenant: string): boolean {
  return isTenantId(tenant)
}
