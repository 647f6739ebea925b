/** What a person types to register, checked field by field. */
import { checkProfileChange, plainNumber } from './profile_change.ts'

export type Typed = {
  readonly given_name: string
  readonly family_name: string
  readonly email: string
  /** May be empty. */
  readonly phone_number: string
}

/** By field name; empty when all is well. */
export function checkTyped(typed: Typed): Record<string, string> {
  const missing = (['given_name', 'family_name', 'email'] as const).filter((name) => typed[name].trim() === '')
  return { ...checkProfileChange(typed, []), ...Object.fromEntries(missing.map((name) => [name, 'required'])) }
}

/** As the directory keeps it. Of what was checked. */
export function personOf(typed: Typed) {
  const number = plainNumber(typed.phone_number)
  return {
    name: { givenName: typed.given_name.trim(), familyName: typed.family_name.trim() },
    emails: [{ value: typed.email.trim(), primary: true, verified: false }],
    phoneNumbers: number === '' ? [] : [{ value: number, primary: true, verified: false }],
  }
}
