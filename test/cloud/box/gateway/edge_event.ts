/** Between a request of Node's and the event of a CloudFront function: query, headers and cookies apart, each with all of its values. */
import type { IncomingMessage } from 'node:http'
import type { Answer } from './edge_cache.ts'
import type { EdgeMap, EdgeRequest, EdgeResponse } from './edge_function.ts'

/** What a hop keeps for itself (RFC 9110 section 7.6.1). */
const HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
])

/** `facts` are the headers that CloudFront adds itself, over what a viewer sent by their names. AWS says nothing of those that it does not add: here they pass. */
export function toEdgeRequest(incoming: IncomingMessage, facts: Readonly<Record<string, string>>): EdgeRequest {
  const [uri = '/', query = ''] = splitOnce(incoming.url ?? '/', '?')
  const headers: EdgeMap = {}
  for (const [name, value] of Object.entries(incoming.headersDistinct)) {
    if (HOP.has(name) || name === 'cookie' || value === undefined) continue
    headers[name] = entry(value)
  }
  for (const [name, value] of Object.entries(facts)) headers[name] = { value }
  return {
    method: incoming.method ?? 'GET',
    uri,
    querystring: parse(query, '&'),
    headers,
    cookies: parse(incoming.headers.cookie ?? '', ';'),
  }
}

/** As the origin gets it. */
export function renderPairs(pairs: EdgeMap): string[] {
  return Object.entries(pairs).flatMap(([name, { value, multiValue }]) =>
    (multiValue?.map((one) => one.value) ?? [value]).map((one) => (one === NO_VALUE ? name : `${name}=${one}`)),
  )
}

export function renderHeaders(headers: EdgeMap): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, { value, multiValue }]) => [name, multiValue?.map((one) => one.value).join(', ') ?? value]),
  )
}

export function toAnswer({ statusCode, headers = {}, cookies = {}, body = '' }: EdgeResponse): Answer {
  const text = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.data, body.encoding === 'base64' ? 'base64' : 'utf8')
  return {
    status: statusCode,
    headers: [
      ...Object.entries(renderHeaders(headers)).map(([name, value]) => [name, value] as const),
      ...renderPairs(cookies).map((cookie) => ['set-cookie', cookie] as const),
    ],
    body: text,
  }
}

/** Marks `?flag` apart from `?flag=`. */
const NO_VALUE = '\u0000'

/** Values stay as they were sent, percent signs and all. */
function parse(text: string, separator: '&' | ';'): EdgeMap {
  const found = new Map<string, string[]>()
  for (const pair of text.split(separator)) {
    const [name = '', value] = splitOnce(pair.trim(), '=')
    if (name === '') continue
    found.set(name, [...(found.get(name) ?? []), value ?? (separator === '&' ? NO_VALUE : '')])
  }
  return Object.fromEntries([...found].map(([name, values]) => [name, entry(values)]))
}

function entry(values: readonly string[]): { value: string; multiValue?: { value: string }[] } {
  const [value = ''] = values
  return values.length > 1 ? { value, multiValue: values.map((one) => ({ value: one })) } : { value }
}

function splitOnce(text: string, separator: string): [string, string | undefined] {
  const at = text.indexOf(separator)
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)]
}
