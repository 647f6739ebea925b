/** One HTTP exchange with an endpoint: whole answers, one deadline, connections kept for the next. */
import { Agent as HttpAgent, request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

export type Sent = {
  readonly endpoint: URL
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  readonly timeoutMilliseconds: number
  /** On a connection of its own: a kept one may have died unseen while the function was frozen. */
  readonly alone: boolean
}

export type Answer = { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }

/** Last in, first out: what was used a moment ago is the least likely to have been closed. */
const KEEPING = { keepAlive: true, scheduling: 'lifo', maxSockets: 64 } as const
const WAYS = {
  'http:': { request: httpRequest, agent: new HttpAgent(KEEPING) },
  'https:': { request: httpsRequest, agent: new HttpsAgent(KEEPING) },
} as const

export function exchange({ endpoint, method, path, headers, body, timeoutMilliseconds, alone }: Sent): Promise<Answer> {
  const { request, agent } = WAYS[endpoint.protocol === 'http:' ? 'http:' : 'https:']
  return new Promise((resolve, fail) => {
    const reject = (error: Error) => {
      clearTimeout(deadline)
      fail(error)
    }
    const sending = request(
      { hostname: endpoint.hostname, port: endpoint.port || undefined, method, path, headers, agent: alone ? false : agent },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          clearTimeout(deadline)
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, text: Buffer.concat(chunks).toString('utf8') })
        })
      },
    )
    const deadline = setTimeout(() => sending.destroy(new Error(`no answer within ${timeoutMilliseconds} ms`)), timeoutMilliseconds)
    sending.on('error', reject)
    sending.end(body)
  })
}
