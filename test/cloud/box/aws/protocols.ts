/** The protocols of AWS that our calls are written in: how an operation is named, answered and refused. */
import { randomUUID } from 'node:crypto'
import { AwsError, type Input, type Protocol } from './api.ts'
import type { AwsRequest, AwsResponse } from './request.ts'

/** AWS JSON 1.0 and 1.1: the operation stands in `x-amz-target`. */
export function jsonProtocol(version: '1.0' | '1.1', namespace: string): Protocol {
  const answer = (status: number, body: unknown): AwsResponse => ({
    status,
    headers: { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': randomUUID() },
    body: JSON.stringify(body ?? {}),
  })
  return {
    parse: (request) => ({ operation: (request.headers['x-amz-target'] ?? '').split('.').at(-1) ?? '', input: parseJson(request.body) }),
    render: (_operation, output) => answer(200, output),
    refuse: ({ code, message, status, fields }) => answer(status, { __type: `${namespace}#${code}`, message, Message: message, ...fields }),
  }
}

export type Route = { readonly method: string; readonly path: RegExp; readonly operation: string }

/** REST with JSON: the operation is found by method and path; named groups of the path are fields of the input. */
export function restJsonProtocol(routes: readonly Route[]): Protocol {
  const answer = (status: number, body: unknown, headers: Record<string, string> = {}): AwsResponse => ({
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-requestid': randomUUID(), ...headers },
    body: Buffer.isBuffer(body) ? body : JSON.stringify(body ?? {}),
  })
  return {
    parse(request) {
      const { route, groups } = findRoute(routes, request)
      return { operation: route.operation, input: { ...parseJson(request.body), ...groups } }
    },
    render: (_operation, output) => (isResponse(output) ? output : answer(200, output)),
    refuse: ({ code, message, status, fields }) => answer(status, { message, ...fields }, { 'x-amzn-errortype': code }),
  }
}

/** AWS query: a form with `Action`; answers are XML. Lists and maps of the answer are not needed here. */
export function queryProtocol(namespace: string): Protocol {
  const answer = (status: number, body: string): AwsResponse => ({ status, headers: { 'content-type': 'text/xml' }, body })
  return {
    parse(request) {
      const form = Object.fromEntries(new URLSearchParams(request.body.toString()))
      return { operation: form.Action ?? '', input: form }
    },
    render(operation, output) {
      const result = `<${operation}Result>${xmlFields((output ?? {}) as Input)}</${operation}Result>`
      const metadata = `<ResponseMetadata><RequestId>${randomUUID()}</RequestId></ResponseMetadata>`
      return answer(200, `<${operation}Response xmlns="${namespace}">${result}${metadata}</${operation}Response>`)
    },
    refuse: ({ code, message, status }) =>
      answer(
        status,
        `<ErrorResponse xmlns="${namespace}"><Error><Type>Sender</Type>${xmlFields({ Code: code, Message: message })}</Error><RequestId>${randomUUID()}</RequestId></ErrorResponse>`,
      ),
  }
}

/** REST with XML, as S3 and CloudFront speak it; `run` gives whole responses. With a namespace a refusal has a frame round it. */
export function restXmlProtocol(routes: readonly Route[], namespace?: string): Protocol {
  const framed = (error: string) =>
    namespace === undefined ? error : `<ErrorResponse xmlns="${namespace}">${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`
  return {
    parse(request) {
      const { route, groups } = findRoute(routes, request)
      return { operation: route.operation, input: groups }
    },
    render: (_operation, output) => (isResponse(output) ? output : { status: 200, headers: {}, body: '' }),
    refuse: ({ code, message, status }) => ({
      status,
      headers: { 'content-type': 'application/xml' },
      body: `<?xml version="1.0" encoding="UTF-8"?>${framed(`<Error>${xmlFields({ Code: code, Message: message })}</Error>`)}`,
    }),
  }
}

export function xmlFields(fields: Input): string {
  return Object.entries(fields)
    .map(([name, value]) => `<${name}>${escapeXml(String(value))}</${name}>`)
    .join('')
}

function findRoute(routes: readonly Route[], request: AwsRequest): { route: Route; groups: Input } {
  for (const route of routes) {
    const match = route.method === request.method ? route.path.exec(request.path) : null
    if (!match) continue
    const groups = Object.entries(match.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
    return { route, groups: Object.fromEntries(groups) }
  }
  throw new AwsError('UnknownOperationException', `the box does not know ${request.method} ${request.path}`, 404)
}

function parseJson(body: Buffer): Input {
  if (body.length === 0) return {}
  try {
    const parsed: unknown = JSON.parse(body.toString())
    return parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed) ? (parsed as Input) : {}
  } catch {
    throw new AwsError('SerializationException', 'the body is no JSON')
  }
}

function isResponse(output: unknown): output is AwsResponse {
  return output !== null && typeof output === 'object' && 'status' in output && 'headers' in output && 'body' in output
}

function escapeXml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)
}
