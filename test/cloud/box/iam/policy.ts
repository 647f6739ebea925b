/** IAM policy documents, parsed into statements that have names. What is not understood is refused here: nothing may pass because nobody read it. */
import { OPERATORS } from './conditions.ts'

export type Statement = {
  /** The owner's name, the policy's, and the `Sid` or position: `token-role/table#Sessions`. */
  readonly id: string
  readonly effect: 'Allow' | 'Deny'
  readonly actions: readonly string[]
  /** Absent in the trust policy of a role, whose resource is the role. */
  readonly resources: readonly string[]
  /** Of `NotResource`: everything but these. */
  readonly otherThan: readonly string[]
  /** Of a resource's policy: `*`, `AWS:arn...`, `Service:...`. Undefined: the policy of an identity. */
  readonly principals: readonly string[] | undefined
  /** Operator -> key -> values. */
  readonly conditions: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>
}

type Json = Readonly<Record<string, unknown>>

const ELEMENTS: ReadonlySet<string> = new Set(['Sid', 'Effect', 'Action', 'Resource', 'NotResource', 'Principal', 'Condition'])

/** `document` is the JSON text, or what it says. */
export function parsePolicy(owner: string, document: unknown): Statement[] {
  const policy = typeof document === 'string' ? (JSON.parse(document) as Json) : (document as Json)
  const statements = listOf(policy.Statement)
  if (statements.length === 0) throw new TypeError(`${owner}: a policy without statements`)
  return statements.map((statement, index) => parseStatement(owner, statement as Json, index))
}

function parseStatement(owner: string, statement: Json, index: number): Statement {
  const id = `${owner}#${typeof statement.Sid === 'string' && statement.Sid !== '' ? statement.Sid : index}`
  for (const element of Object.keys(statement))
    if (!ELEMENTS.has(element)) throw new TypeError(`${id}: the box does not know the element ${element}`)
  if (statement.Effect !== 'Allow' && statement.Effect !== 'Deny') throw new TypeError(`${id}: no effect`)
  const actions = texts(id, statement.Action)
  if (actions.length === 0) throw new TypeError(`${id}: no action`)
  return {
    id,
    effect: statement.Effect,
    actions,
    resources: texts(id, statement.Resource),
    otherThan: texts(id, statement.NotResource),
    principals: statement.Principal === undefined ? undefined : parsePrincipals(id, statement.Principal),
    conditions: parseConditions(id, statement.Condition),
  }
}

function parsePrincipals(id: string, principal: unknown): string[] {
  if (principal === '*') return ['*']
  return Object.entries(principal as Json).flatMap(([kind, names]) =>
    texts(id, names).map((name) => (name === '*' ? '*' : `${kind}:${name}`)),
  )
}

function parseConditions(id: string, condition: unknown): Record<string, Record<string, string[]>> {
  const parsed: Record<string, Record<string, string[]>> = {}
  for (const [operator, keys] of Object.entries((condition ?? {}) as Json)) {
    if (!OPERATORS.has(operator)) throw new TypeError(`${id}: the box does not know the condition operator ${operator}`)
    parsed[operator] = Object.fromEntries(
      Object.entries(keys as Json).map(([key, values]) => [key.toLowerCase(), texts(id, listOf(values).map(String))]),
    )
  }
  return parsed
}

function texts(id: string, value: unknown): string[] {
  return listOf(value).map((text) => {
    if (typeof text !== 'string' || text === '') throw new TypeError(`${id}: ${JSON.stringify(text)} is no text`)
    if (text.includes('${')) throw new TypeError(`${id}: the box resolves no policy variables, such as ${text}`)
    return text
  })
}

function listOf(value: unknown): unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}
