/** Scope values: RFC 6749 section 3.3, OpenID Connect Core 1.0 sections 5.4 and 11. */
import { IamError } from './error.ts'

/** Which claims a scope stands for. `roles` is ours (RFC 9068 section 7.2.1). */
export const CLAIMS_OF_SCOPE: Readonly<Record<string, readonly string[]>> = {
  profile: [
    'name',
    'given_name',
    'family_name',
    'middle_name',
    'nickname',
    'preferred_username',
    'profile',
    'locale',
    'zoneinfo',
    'updated_at',
  ],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  roles: ['roles'],
}

/** Scopes that speak of a person: an application alone (client_credentials) cannot have them. */
export const PERSONAL_SCOPES: ReadonlySet<string> = new Set(['openid', 'offline_access', ...Object.keys(CLAIMS_OF_SCOPE)])

const SCOPE_TOKEN = /^[\x21\x23-\x5b\x5d-\x7e]+$/

/** Each value once, in the order in which they came. */
export function parseScope(text: string): string[] {
  const values = text.split(' ').filter((value) => value !== '')
  const odd = values.find((value) => !SCOPE_TOKEN.test(value))
  if (odd !== undefined) throw new IamError('invalid_scope', 'scope is a list of printable ASCII words, separated by spaces')
  return [...new Set(values)]
}

/** Throws at the first value outside `allowed`. */
export function checkScope(asked: readonly string[], allowed: readonly string[]): void {
  const outside = asked.find((value) => !allowed.includes(value))
  if (outside !== undefined) throw new IamError('invalid_scope', `${outside} is not among the scopes that may be asked for here`)
}

export function claimsOfScopes(scopes: readonly string[]): string[] {
  return scopes.flatMap((scope) => CLAIMS_OF_SCOPE[scope] ?? [])
}
