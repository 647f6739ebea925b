/** Function URLs: a request becomes an event of payload 2.0, what the handler returns an answer. */
import { randomUUID } from 'node:crypto'
import type { Outcome } from '../functions/process.ts'
import type { Answer } from '../gateway/edge_cache.ts'

export type UrlRequest = {
  readonly method: string
  readonly path: string
  readonly rawQuery: string
  /** Names in lower case, without `cookie`. */
  readonly headers: Readonly<Record<string, string>>
  readonly cookies: readonly string[]
  readonly body: Buffer
  readonly sourceIp: string
}

/** Bodies of these types arrive as text; all others, forms among them, in base64. */
const TEXT = /^(text\/|application\/(json|xml|javascript)\b|application\/[\w.-]+\+(json|xml)\b)/

export function functionUrlEvent(domain: string, request: UrlRequest) {
  const { method, path, rawQuery, headers, cookies, body, sourceIp } = request
  const asText = TEXT.test(headers['content-type'] ?? '')
  const time = new Date()
  return {
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: rawQuery,
    ...(cookies.length > 0 ? { cookies } : {}),
    headers,
    ...(rawQuery === '' ? {} : { queryStringParameters: queryOf(rawQuery) }),
    requestContext: {
      accountId: 'anonymous',
      apiId: domain.split('.')[0],
      domainName: domain,
      domainPrefix: domain.split('.')[0],
      http: { method, path, protocol: 'HTTP/1.1', sourceIp, userAgent: headers['user-agent'] ?? '' },
      requestId: randomUUID(),
      routeKey: '$default',
      stage: '$default',
      time: time.toUTCString(),
      timeEpoch: time.getTime(),
    },
    ...(body.length > 0 ? { body: body.toString(asText ? 'utf8' : 'base64') } : {}),
    isBase64Encoded: body.length > 0 && !asText,
  }
}

type Result = {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string | number | boolean>>
  readonly cookies?: readonly string[]
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

/** A function that failed, or timed out, is 502. */
export function functionUrlAnswer({ result, error }: Outcome): Answer {
  if (error)
    return answer(
      502,
      [
        ['content-type', 'application/json'],
        ['x-amzn-errortype', 'InternalServerErrorException'],
      ],
      'Internal Server Error',
    )
  if (typeof result === 'string') return answer(200, [['content-type', 'application/json']], result)
  const { statusCode, headers = {}, cookies = [], body = '', isBase64Encoded = false } = (result ?? {}) as Result
  if (statusCode === undefined) return answer(200, [['content-type', 'application/json']], JSON.stringify(result))
  const lines = [
    ...Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const),
    ...cookies.map((cookie) => ['set-cookie', cookie] as const),
  ]
  return { status: statusCode, headers: lines, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }
}

function answer(status: number, headers: Answer['headers'], body: string): Answer {
  return { status, headers, body: Buffer.from(body) }
}

/** Repeated names are joined by commas. */
function queryOf(raw: string): Record<string, string> {
  const query: Record<string, string> = {}
  for (const [name, value] of new URLSearchParams(raw)) query[name] = Object.hasOwn(query, name) ? `${query[name]},${value}` : value
  return query
}
