/** What the plan says of an event-source mapping, and the two things that every one of them does: filter, and ask whether the function's role may read. */
import type { FunctionDefinition } from '../functions/functions.ts'
import type { Authority, Principal } from '../iam/authority.ts'
import { matchesPattern } from './event_pattern.ts'

export type Mapping = {
  readonly uuid: string
  readonly sourceArn: string
  readonly functionArn: string
  readonly batchSize: number
  /** Patterns, of which one must match; none lets everything through. */
  readonly filters: readonly unknown[]
  readonly reportsItems: boolean
  readonly bisects: boolean
  /** Tries after the first; infinite where the plan says -1. */
  readonly retries: number
  /** ARN of a bucket. */
  readonly onFailure: string | undefined
}

export type ItemFailures = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] }

export function passes({ filters }: Mapping, record: unknown): boolean {
  return filters.length === 0 || filters.some((pattern) => matchesPattern(pattern, record))
}

/** Lambda polls with the function's own role. */
export function mayPoll(authority: Authority, definition: FunctionDefinition, actions: readonly string[], resource: string): boolean {
  const principal = pollerOf(definition)
  return actions.every((action) => authority.judge(principal, { action, resource }).allowed)
}

export function pollerOf({ roleArn }: FunctionDefinition): Principal {
  return { kind: 'role', arn: roleArn, name: roleArn.split('/').at(-1) ?? roleArn, session: 'awslambda' }
}

/** Identifiers of the items that a handler could not take. Undefined: it took none, since it failed itself or said what nobody understands. */
export function failedItems(
  mapping: Mapping,
  outcome: { readonly result?: unknown; readonly error?: unknown },
): readonly string[] | undefined {
  if (outcome.error) return undefined
  if (!mapping.reportsItems) return []
  const { batchItemFailures = [] } = (outcome.result ?? {}) as ItemFailures
  const named = batchItemFailures.map(({ itemIdentifier }) => itemIdentifier)
  return named.some((name) => typeof name !== 'string' || name === '') ? undefined : named
}
