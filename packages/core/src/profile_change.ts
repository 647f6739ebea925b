/** What a person may change of their own profile, and what is wrong with what they type. Addresses are changed by proof: `address_change.ts`. */
import type { AddressChannel } from './address_change.ts'
import { findLocale } from './locale.ts'
import type { ProfileChange, ProfileField } from './my_account.ts'
import type { Name, User } from './user.ts'

const LONGEST_NAME = 256
/** RFC 5321 section 4.5.3.1.3: a path of 256 with its angle brackets. */
const LONGEST_ADDRESS = 254
/** No grammar of addresses is worth having here: a mail that arrives is the proof. */
const ADDRESS = /^[^\s@<>(),;:"\\]+@[^\s@<>(),;:"\\.]+(?:\.[^\s@<>(),;:"\\.]+)+$/u
/** E.164. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/
/** No text, or orders to turn the text around it: a name stands in sentences, mails and lists of others. The marks of single letters (U+200E, U+200F, U+061C) stay. */
const CONTROL = /[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/u

export type FieldProblem = 'required' | 'invalid' | 'too_long' | 'email_invalid' | 'phone_number_invalid'

type CheckedField = ProfileField | AddressChannel

const CHECKS: Readonly<Record<CheckedField, (value: string, locales: readonly string[]) => FieldProblem | undefined>> = {
  given_name: findNameProblem,
  family_name: findNameProblem,
  // mails about the account must reach somebody
  email: (value) =>
    value === '' ? 'required' : value.length > LONGEST_ADDRESS ? 'too_long' : ADDRESS.test(value) ? undefined : 'email_invalid',
  phone_number: (value) => (value === '' || PHONE_NUMBER.test(plainNumber(value)) ? undefined : 'phone_number_invalid'),
  locale: (value, locales) =>
    value === '' || (findLocale(value) === value && (locales.length === 0 || locales.includes(value))) ? undefined : 'invalid',
  timezone: (value) => (value === '' || isTimezone(value) ? undefined : 'invalid'),
}

/** By field; empty when all is well. `locales` are the tenant's. */
export function checkProfileChange(
  change: Partial<Record<CheckedField, string>>,
  locales: readonly string[],
): Record<string, FieldProblem> {
  const found: Record<string, FieldProblem> = {}
  for (const name of fieldsOf(change)) {
    const problem = CHECKS[name]((change[name] ?? '').trim(), locales)
    if (problem !== undefined) found[name] = problem
  }
  return found
}

/** The person after a change that was checked. */
export function withProfileChange(user: User, change: ProfileChange): User {
  const value = (name: ProfileField, before: string | undefined) => (change[name] === undefined ? before : change[name].trim() || undefined)
  const name = nameAfter(user.name, value('given_name', user.name.givenName), value('family_name', user.name.familyName))
  const { displayName, locale, timezone, ...rest } = user
  return {
    ...rest,
    name,
    ...optional('displayName', displayName === fullName(user.name) && name !== user.name ? undefined : displayName),
    ...optional('locale', value('locale', locale)),
    ...optional('timezone', value('timezone', timezone)),
  }
}

/** People type numbers with spaces, dots, dashes and brackets. */
export function plainNumber(typed: string): string {
  return typed.replace(/[\s().\u2010-\u2015-]/gu, '')
}

function findNameProblem(value: string): FieldProblem | undefined {
  if (value.length > LONGEST_NAME) return 'too_long'
  return CONTROL.test(value) ? 'invalid' : undefined
}

/** The written-out form goes with the parts that it was made of. */
function nameAfter(before: Name, givenName: string | undefined, familyName: string | undefined): Name {
  if (before.givenName === givenName && before.familyName === familyName) return before
  const { formatted, ...rest } = before
  return { ...rest, givenName, familyName }
}

function fullName(name: Name): string {
  return name.formatted ?? [name.givenName, name.familyName].filter(Boolean).join(' ')
}

function isTimezone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== ''
  } catch (error) {
    if (error instanceof RangeError) return false
    throw error
  }
}

function fieldsOf(change: Partial<Record<CheckedField, string>>): CheckedField[] {
  return (Object.keys(CHECKS) as CheckedField[]).filter((name) => change[name] !== undefined)
}

function optional<K extends string>(name: K, value: string | undefined): { [P in K]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [P in K]?: string })
}
