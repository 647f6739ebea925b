/** What the API of a service is in the box: a protocol, and a table of operations, each of which says what it needs before it runs. */
import type { Need, Principal } from '../iam/authority.ts'
import type { AwsRequest, AwsResponse } from './request.ts'

export type Input = Readonly<Record<string, unknown>>

export type Call = {
  readonly caller: Principal
  readonly input: Input
  readonly request: AwsRequest
}

export type Operation = {
  /** Every permission that AWS asks for; all of them must be given. */
  needs(call: Call): readonly Need[]
  run(call: Call): unknown
}

export type Protocol = {
  parse(request: AwsRequest): { readonly operation: string; readonly input: Input }
  render(operation: string, output: unknown): AwsResponse
  refuse(error: AwsError): AwsResponse
}

export type Api = {
  /** In IAM's words: the first half of its actions. */
  readonly prefix: string
  readonly protocol: Protocol
  /** The code with which it says that something is not allowed. */
  readonly denial: { readonly code: string; readonly status: number }
  readonly operations: Readonly<Record<string, Operation>>
}

/** Refused as AWS refuses: `code` is the name that its SDK makes an exception of. */
export class AwsError extends Error {
  override readonly name = 'AwsError'
  readonly code: string
  readonly status: number
  readonly fields: Input

  constructor(code: string, message: string, status = 400, fields: Input = {}) {
    super(message)
    this.code = code
    this.status = status
    this.fields = fields
  }
}

/** A text of the input. Throws what AWS calls a validation error when it is not there. */
export function textOf(input: Input, name: string): string {
  const value = input[name]
  if (typeof value !== 'string' || value === '') throw new AwsError('ValidationException', `${name} is missing`)
  return value
}
