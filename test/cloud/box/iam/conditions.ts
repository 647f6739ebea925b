/** The condition operators of IAM policies, as a table. A key that the call does not have makes a condition false, a negated one true (IAM user guide, condition operators). */
import { matches } from './wildcard.ts'

/** Keys in lower case; several values where the key has several. */
export type Context = Readonly<Record<string, string | readonly string[]>>

type Compare = (actual: string, wanted: string) => boolean
type Operator = { readonly compare: Compare; readonly negated: boolean; readonly ifExists: boolean; readonly of: 'one' | 'all' | 'any' }

const same: Compare = (actual, wanted) => actual === wanted
const sameText: Compare = (actual, wanted) => actual.toLowerCase() === wanted.toLowerCase()
const like: Compare = (actual, wanted) => matches(wanted, actual)
const number =
  (holds: (actual: number, wanted: number) => boolean): Compare =>
  (actual, wanted) =>
    holds(Number(actual), Number(wanted))

/** Name -> how one value is compared, and whether the answer is turned round. */
const BASE: Readonly<Record<string, readonly [Compare, boolean]>> = {
  StringEquals: [same, false],
  StringNotEquals: [same, true],
  StringEqualsIgnoreCase: [sameText, false],
  StringNotEqualsIgnoreCase: [sameText, true],
  StringLike: [like, false],
  StringNotLike: [like, true],
  // IAM compares ARNs by segments and takes wildcards in both
  ArnEquals: [like, false],
  ArnNotEquals: [like, true],
  ArnLike: [like, false],
  ArnNotLike: [like, true],
  Bool: [sameText, false],
  NumericEquals: [number((actual, wanted) => actual === wanted), false],
  NumericLessThan: [number((actual, wanted) => actual < wanted), false],
  NumericLessThanEquals: [number((actual, wanted) => actual <= wanted), false],
  NumericGreaterThan: [number((actual, wanted) => actual > wanted), false],
  NumericGreaterThanEquals: [number((actual, wanted) => actual >= wanted), false],
}

export const OPERATORS: ReadonlyMap<string, Operator> = new Map(
  Object.entries(BASE).flatMap(([name, [compare, negated]]): [string, Operator][] => [
    [name, { compare, negated, ifExists: false, of: 'one' }],
    [`${name}IfExists`, { compare, negated, ifExists: true, of: 'one' }],
    [`ForAllValues:${name}`, { compare, negated, ifExists: false, of: 'all' }],
    [`ForAnyValue:${name}`, { compare, negated, ifExists: false, of: 'any' }],
  ]),
)

/** All conditions of a statement, which hold together or not at all. */
export function conditionsHold(
  conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>,
  context: Context,
): boolean {
  return Object.entries(conditions).every(([operator, keys]) =>
    Object.entries(keys).every(([key, wanted]) => holds(operator, context[key], wanted)),
  )
}

function holds(name: string, actual: Context[string] | undefined, wanted: readonly string[]): boolean {
  if (name === 'Null') return wanted.includes(String(actual === undefined))
  const operator = OPERATORS.get(name)
  if (!operator) throw new TypeError(`no condition operator ${name}`)
  const { compare, negated, ifExists, of } = operator
  if (actual === undefined) return ifExists || negated || of === 'all'
  const values = typeof actual === 'string' ? [actual] : actual
  const one = (value: string) => wanted.some((candidate) => compare(value, candidate)) !== negated
  return of === 'all' ? values.every(one) : values.some(one)
}
