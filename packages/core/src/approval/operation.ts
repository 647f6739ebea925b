/** Operations that may need approval, and the condition of an association: a list of tests on an operation's facts, all of which must hold. */
import { IamError } from '../error.ts'

/** What an operation tells of itself to a condition. A new operation is a row here and one in `workflow/operations.ts`. */
export const OPERATIONS = {
  self_registration: { facts: ['user_name', 'given_name', 'family_name', 'email', 'email_domain', 'phone_number', 'locale'] },
  risky_sign_in: { facts: ['user_name', 'email', 'email_domain', 'risk', 'country', 'ip'] },
} as const satisfies Record<string, { readonly facts: readonly string[] }>

export type Operation = keyof typeof OPERATIONS
/** Fact name -> value; a fact that is not known is left out. */
export type Facts = Readonly<Record<string, string | undefined>>

const OPERATORS = {
  equals: (fact: string, value: string) => fact === value,
  not_equals: (fact: string, value: string) => fact !== value,
  contains: (fact: string, value: string) => fact.includes(value),
  not_contains: (fact: string, value: string) => !fact.includes(value),
  starts_with: (fact: string, value: string) => fact.startsWith(value),
  ends_with: (fact: string, value: string) => fact.endsWith(value),
} as const

export type Operator = keyof typeof OPERATORS
export type FactTest = { readonly field: string; readonly operator: Operator; readonly value: string }
/** All must hold; an empty condition always holds. */
export type FactCondition = readonly FactTest[]

export function isOperation(text: string): text is Operation {
  return Object.hasOwn(OPERATIONS, text)
}

/** Compared without case. A fact that is not known equals the empty text, so `not_equals` holds for it: unknown people are the ones to approve. */
export function holdsFor(condition: FactCondition, facts: Facts): boolean {
  return condition.every(({ field, operator, value }) => OPERATORS[operator]((facts[field] ?? '').toLowerCase(), value.toLowerCase()))
}

/** Throws `validation_failed`, naming what is wrong by its place. */
export function checkCondition(operation: Operation, condition: FactCondition): void {
  const known: readonly string[] = OPERATIONS[operation].facts
  const fields: Record<string, string> = {}
  condition.forEach(({ field, operator }, index) => {
    if (!known.includes(field)) fields[`condition/${index}/field`] = `${operation} has no fact "${field}"; it has ${known.join(', ')}`
    if (!Object.hasOwn(OPERATORS, operator))
      fields[`condition/${index}/operator`] = `"${operator}" is none of ${Object.keys(OPERATORS).join(', ')}`
  })
  if (Object.keys(fields).length > 0)
    throw new IamError('validation_failed', 'the condition of the association cannot be understood', { fields })
}
