/** Signed calls to one AWS service (Signature Version 4), tried again where that can help: throttled, not answered, broken on their side. */
import type { OutgoingHttpHeaders } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import aws4 from 'aws4'
import { type AwsAccess, type AwsService, endpointOf, signedNameOf } from './aws_access.ts'
import { AwsError, refusalOf } from './aws_error.ts'
import { type Answer, exchange } from './exchange.ts'

export type AwsCallerOptions = {
  readonly access: AwsAccess
  readonly service: AwsService
  /** Of one try. Default 3,000. */
  readonly timeoutMilliseconds?: number
  /** Default 3. */
  readonly maximumTries?: number
  /**
   * `resend` (default): a call whose answer was lost is sent again, on a connection of its own: others that were kept may have died with the first.
   * `give_up`: it is not, since the service would do it twice; then each call has a connection of its own, so that a dead one loses nothing.
   */
  readonly whenLost?: 'resend' | 'give_up'
  /** In place of the service's own. */
  readonly endpoint?: URL
  /** Signature Version 4, for the access's region, unless given. */
  readonly sign?: Signer
}

/** The headers to send. `path` with its query, encoded. */
export type Signer = (
  access: AwsAccess,
  call: { method: string; host: string; path: string; headers: Record<string, string>; body: string; service: string },
) => OutgoingHttpHeaders

export type AwsCall = {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** With its query, encoded. Default `/`. */
  readonly path?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** Throws `AwsError`. */
export type AwsCaller = (call: AwsCall) => Promise<Answer>

const THROTTLING: ReadonlySet<string> = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'TooManyRequestsException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestThrottledException',
  'TransactionInProgressException',
  'SlowDown',
  'PriorRequestNotComplete',
  'KMSThrottlingException',
])
const FIRST_PAUSE_MILLISECONDS = 50
const LONGEST_PAUSE_MILLISECONDS = 1_000

export function openAwsCaller(options: AwsCallerOptions): AwsCaller {
  const { access, service, timeoutMilliseconds = 3_000, maximumTries = 3, whenLost = 'resend', sign = signV4 } = options
  const endpoint = options.endpoint ?? endpointOf(access, service)
  const base = endpoint.pathname.replace(/\/$/, '')

  /** Signed anew for each try: a signature is good for the minute in which it was made. */
  const attempt = async ({ method = 'POST', path = '/', headers, body = '' }: AwsCall, alone: boolean): Promise<Answer> => {
    const call = { host: endpoint.host, method, path: base + path, headers: { ...headers }, body, service: signedNameOf(service) }
    const answer = await exchange({
      endpoint,
      method,
      path: base + path,
      headers: sign(access, call),
      body,
      timeoutMilliseconds,
      alone,
    }).catch((cause: unknown) => {
      throw new AwsError('NoAnswer', `${service} did not answer`, { status: 0, cause })
    })
    if (answer.status >= 300) throw refusalOf(answer.status, answer.headers, answer.text)
    return answer
  }

  return async (call) => {
    let mayBeDone = false
    let alone = whenLost === 'give_up'
    for (let tries = 1; ; tries++) {
      try {
        return await attempt(call, alone)
      } catch (error) {
        if (!(error instanceof AwsError)) throw error
        const throttled = THROTTLING.has(error.code) || error.status === 429
        const lost = !throttled && (error.status === 0 || error.status >= 500)
        alone ||= lost
        mayBeDone ||= lost && !neverArrived(error)
        const again = throttled || (lost && (whenLost === 'resend' || neverArrived(error)))
        if (!again || tries >= maximumTries) throw withHistory(error, tries, mayBeDone)
        // Full jitter: callers that were refused together do not come back together.
        await pause(Math.random() * Math.min(LONGEST_PAUSE_MILLISECONDS, FIRST_PAUSE_MILLISECONDS * 2 ** tries))
      }
    }
  }
}

const signV4: Signer = ({ region, credentials }, call) => aws4.sign({ ...call, region }, credentials).headers ?? {}

/** Nobody was reached, so nothing was done. */
function neverArrived({ cause }: AwsError): boolean {
  return (
    cause instanceof Error && 'code' in cause && (cause.code === 'ECONNREFUSED' || cause.code === 'ENOTFOUND' || cause.code === 'EAI_AGAIN')
  )
}

function withHistory(error: AwsError, tries: number, mayBeDone: boolean): AwsError {
  const { code, message, status, body, cause } = error
  return new AwsError(code, message, { status, body, tries, mayBeDone, cause })
}
