/** One request and its answer on a connection of its own, to a pinned address, within caps of size and time. */
import { type IncomingMessage, type RequestOptions, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isIP, type LookupFunction } from 'node:net'
import { IamError } from '@gatehouse/core/error.ts'
import type { EgressRequest, EgressResponse } from '@gatehouse/ports/egress.ts'

export type Exchange = {
  readonly request: EgressRequest
  readonly url: URL
  /** Judged before; the connection goes to one of them and nowhere else. */
  readonly addresses: readonly string[]
  readonly maximumBytes: number
  readonly signal: AbortSignal
}

/** Ours to say: they frame the message, or would name another host than the one that was judged. */
const OWN_HEADERS: ReadonlySet<string> = new Set([
  'host',
  'connection',
  'content-length',
  'transfer-encoding',
  'accept-encoding',
  'expect',
  'upgrade',
])

export function exchange({ request, url, addresses, maximumBytes, signal }: Exchange): Promise<EgressResponse> {
  const send = url.protocol === 'https:' ? requestHttps : requestHttp
  return new Promise((resolve, reject) => {
    const outgoing = send(url, requestOptions(request, addresses, signal), (answer) => {
      readBody(answer, maximumBytes, request.answer).then(
        (body) => resolve({ status: answer.statusCode ?? 0, headers: headersOf(answer), body }),
        reject,
      )
    })
    outgoing.on('error', reject)
    outgoing.end(request.bytes ?? request.body)
  })
}

function requestOptions(
  { method, headers = {}, body: text, bytes }: EgressRequest,
  addresses: readonly string[],
  signal: AbortSignal,
): RequestOptions {
  const body = bytes ?? text
  const allowed = Object.entries(headers).filter(([name]) => !OWN_HEADERS.has(name.toLowerCase()))
  return {
    method,
    signal,
    // No pool: a kept connection would be found again by its name, not by the address that was judged.
    agent: false,
    lookup: lookupOf(addresses),
    headers: {
      ...Object.fromEntries(allowed),
      // A small compressed body may be a large one.
      'accept-encoding': 'identity',
      ...(body !== undefined && { 'content-length': Buffer.byteLength(body) }),
    },
  }
}

/** Whatever name Node asks for, it gets the addresses that were judged; of several it takes the one that answers. */
function lookupOf(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }))
  return (_name, options, done) => {
    if (options.all) done(null, found)
    else done(null, found[0]?.address ?? '', found[0]?.family)
  }
}

async function readBody(answer: IncomingMessage, maximumBytes: number, as: EgressRequest['answer']): Promise<string> {
  const encoding = answer.headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw abandoned(answer, `the body came as ${encoding}`)
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > maximumBytes) throw abandoned(answer, `the body is larger than ${maximumBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString(as === 'base64' ? 'base64' : 'utf8')
}

function abandoned(answer: IncomingMessage, detail: string): IamError {
  answer.destroy()
  return new IamError('unavailable', 'The address gave no usable answer.', { detail })
}

function headersOf({ headers }: IncomingMessage): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')])
  return Object.fromEntries(entries)
}
