/** Parameters of an OAuth request, from a query or a form: RFC 6749 section 3.1 and 3.2. */
import { IamError } from './error.ts'

export type Parameters = ReadonlyMap<string, string>
/** `repeated`: names that came more than once; each endpoint refuses them in its own way. */
export type ParsedParameters = { readonly values: Parameters; readonly repeated: readonly string[] }

/** RFC 8707 section 2 allows several. */
const MAY_REPEAT = new Set(['resource'])

/** A parameter without a value is treated as if it had been left out; of a repeated one the first value stays. */
export function parseParameters(search: Iterable<readonly [string, string]>): ParsedParameters {
  const values = new Map<string, string>()
  const repeated: string[] = []
  for (const [name, value] of search) {
    if (value === '') continue
    if (!values.has(name)) values.set(name, value)
    else if (!MAY_REPEAT.has(name)) repeated.push(name)
  }
  return { values, repeated }
}

/** For endpoints that answer a repeated parameter with JSON: RFC 6749 section 3.2. */
export function parseFormParameters(form: Iterable<readonly [string, string]>): Parameters {
  const { values, repeated } = parseParameters(form)
  if (repeated.length > 0) throw new IamError('invalid_request', `${repeated[0]} came more than once`)
  return values
}

export function requireParameter(parameters: Parameters, name: string): string {
  const value = parameters.get(name)
  if (value === undefined) throw new IamError('invalid_request', `${name} is missing`)
  return value
}
