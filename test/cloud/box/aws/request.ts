/** A request to AWS as it arrived, its body read. */
import type { IncomingMessage } from 'node:http'

export type AwsRequest = {
  readonly method: string
  /** As sent, without the query. */
  readonly path: string
  readonly query: URLSearchParams
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
}

export type AwsResponse = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string | Buffer }

const MAXIMUM_BYTES = 8 * 1024 * 1024

export async function readRequest(incoming: IncomingMessage): Promise<AwsRequest> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming) {
    bytes += chunk.length
    if (bytes > MAXIMUM_BYTES) throw new RangeError('the request is larger than the box takes')
    chunks.push(chunk)
  }
  const [path = '/', query = ''] = (incoming.url ?? '/').split('?', 2)
  const headers = Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  )
  return { method: incoming.method ?? 'GET', path, query: new URLSearchParams(query), headers, body: Buffer.concat(chunks) }
}
