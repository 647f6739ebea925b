/** An AWS endpoint on loopback: keeps what arrives, answers what the test says, and refuses what is not signed. */
import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AwsAccess, AwsService } from '@gatehouse/adapters/aws/aws_access.ts'

export type Arrival = {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
  /** The caller's: tells its connections apart. */
  readonly port: number | undefined
}
/** `lost`: the connection ends without an answer. */
export type Reply =
  | { readonly status?: number; readonly body: object | string; readonly headers?: Record<string, string> }
  | 'lost'
  | 'silent'

export type Loopback = { readonly access: AwsAccess; readonly arrivals: readonly Arrival[]; close(): Promise<void> }

export async function openLoopback(service: AwsService, answer: (arrival: Arrival, count: number) => Reply): Promise<Loopback> {
  const arrivals: Arrival[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const arrival = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
      port: request.socket.remotePort,
    }
    arrivals.push(arrival)
    const signed = /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/eu-central-1\/[a-z0-9]+\/aws4_request, SignedHeaders=/.test(
      request.headers.authorization ?? '',
    )
    const reply: Reply = signed ? answer(arrival, arrivals.length) : { status: 403, body: { __type: 'IncompleteSignatureException' } }
    if (reply === 'silent') return
    if (reply === 'lost') return void request.socket.destroy()
    response.writeHead(reply.status ?? 200, reply.headers)
    response.end(typeof reply.body === 'string' ? reply.body : JSON.stringify(reply.body))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The system gave no port.')
  return {
    access: {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret', sessionToken: 'token' },
      endpoints: { [service]: `http://127.0.0.1:${address.port}` },
    },
    arrivals,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

export function operationOf({ headers }: Arrival): string {
  return String(headers['x-amz-target']).split('.')[1] ?? ''
}

/** As the JSON protocols refuse. */
export function refuse(name: string, status = 400): Reply {
  return { status, body: { __type: `com.amazonaws.example#${name}`, message: name } }
}
