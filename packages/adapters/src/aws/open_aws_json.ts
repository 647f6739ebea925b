/** The AWS JSON protocols 1.0 and 1.1: an operation's name in a header, its input and its output as JSON. */
import { type AwsCallerOptions, openAwsCaller } from './open_aws_caller.ts'

export type AwsJsonOptions = AwsCallerOptions & {
  /** What stands before the operation's name: `DynamoDB_20120810`. */
  readonly target: string
  readonly version: '1.0' | '1.1'
}

/** `Output` is taken at AWS's word: the caller names what the service's documentation says. Throws `AwsError`. */
export type AwsJson = <Output extends object>(operation: string, input: object) => Promise<Output>

export function openAwsJson({ target, version, ...options }: AwsJsonOptions): AwsJson {
  const call = openAwsCaller(options)
  return async (operation, input) => {
    const headers = { 'content-type': `application/x-amz-json-${version}`, 'x-amz-target': `${target}.${operation}` }
    const { text } = await call({ headers, body: JSON.stringify(input) })
    return text === '' ? {} : JSON.parse(text)
  }
}
