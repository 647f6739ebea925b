/** A refusal of an AWS service, or its silence, in one shape for all of its protocols (JSON, REST-JSON, query). */

export class AwsError extends Error {
  override readonly name = 'AwsError'
  /** AWS's name of the error, without its namespace: `ConditionalCheckFailedException`; `NoAnswer` where none came. */
  readonly code: string
  /** 0 where no answer came. */
  readonly status: number
  /** The answer as JSON, where it was. */
  readonly body: Readonly<Record<string, unknown>>
  /** How often the call was sent. */
  readonly tries: number
  /** An earlier sending of this call, or this one, may have been done: its answer was lost. */
  readonly mayBeDone: boolean

  constructor(
    code: string,
    message: string,
    facts: { status: number; body?: Readonly<Record<string, unknown>>; tries?: number; mayBeDone?: boolean; cause?: unknown },
  ) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.code = code
    this.status = facts.status
    this.body = facts.body ?? {}
    this.tries = facts.tries ?? 1
    this.mayBeDone = facts.mayBeDone ?? false
  }
}

export function isAwsError(error: unknown, ...codes: readonly string[]): error is AwsError {
  return error instanceof AwsError && (codes.length === 0 || codes.includes(error.code))
}

/** The name stands in a header (REST-JSON), in `__type` (JSON) or in `<Code>` (query and S3). */
export function refusalOf(status: number, headers: Readonly<Record<string, string | string[] | undefined>>, text: string): AwsError {
  const body = parseObject(text)
  const named = headers['x-amzn-errortype'] ?? body.__type ?? body.code ?? /<Code>([^<]*)<\/Code>/.exec(text)?.[1] ?? `Http${status}`
  const message = body.message ?? body.Message ?? /<Message>([^<]*)<\/Message>/.exec(text)?.[1] ?? ''
  return new AwsError(bareName(String(named)), String(message), { status, body })
}

/** `com.amazonaws.dynamodb.v20120810#ThrottlingException:http://...` -> `ThrottlingException`. */
function bareName(name: string): string {
  return name.replace(/:.*$/, '').replace(/^.*#/, '')
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
  if (!text.startsWith('{')) return {}
  try {
    return JSON.parse(text)
  } catch {
    // a proxy's own words, cut off
    return {}
  }
}
