/** A loopback proxy before an AWS endpoint: what a network, or a service in a bad hour, does to single arrivals of a call. */
import { once } from 'node:events'
import { createServer } from 'node:http'

export type Arrived = { readonly status: number; readonly body: string }
/** The connection ends without an answer. */
export const LOST = 'lost'
/** The connection stays, and no answer comes. */
export const SILENT = 'silent'
/** `send` lets the call through. */
export type Weather = (send: () => Promise<Arrived>) => Promise<Arrived | typeof LOST | typeof SILENT>

export type WeatherProxy = { readonly endpoint: string; weather: Weather; close(): Promise<void> }

export async function openWeatherProxy(upstream: string): Promise<WeatherProxy> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const { authorization = '', 'x-amz-target': target = '', 'content-type': type = '', 'x-amz-date': date = '' } = request.headers
    const headers = { authorization, 'x-amz-target': String(target), 'content-type': type, 'x-amz-date': String(date) }
    const send = async (): Promise<Arrived> => {
      const answer = await fetch(upstream + (request.url ?? '/'), { method: 'POST', headers, body: Buffer.concat(chunks) })
      return { status: answer.status, body: await answer.text() }
    }
    const arrived = await proxy.weather(send)
    if (arrived === SILENT) return
    if (arrived === LOST) return void request.socket.destroy()
    response.writeHead(arrived.status, { 'content-type': 'application/x-amz-json-1.0' }).end(arrived.body)
  })
  // A kept connection ends only as the weather has it.
  server.keepAliveTimeout = 0
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new TypeError('The system gave no port.')
  const proxy: WeatherProxy = {
    endpoint: `http://127.0.0.1:${address.port}`,
    weather: (send) => send(),
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return proxy
}

/** As DynamoDB refuses a call. */
export function refused(name: string, body: object = {}): Arrived {
  return { status: 400, body: JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: name, ...body }) }
}
