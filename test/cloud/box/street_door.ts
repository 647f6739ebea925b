/** An https address of the box's internet, in front of something that speaks plain http on this machine: the samples, for back-channel logout. */
import { request } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import type { Certificates } from './gateway/certificate_authority.ts'

export type StreetDoor = { readonly port: number; close(): Promise<void> }

export async function openStreetDoor({ certificate, key }: Certificates, behind: URL, isDeaf: () => boolean): Promise<StreetDoor> {
  const server = createServer({ cert: certificate, key }, (incoming, outgoing) => {
    if (isDeaf()) return void outgoing.writeHead(503).end()
    const { method, url: path, headers } = incoming
    const onward = request(
      { host: behind.hostname, port: behind.port, method, path, headers: { ...headers, host: behind.host } },
      (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers)
        answer.pipe(outgoing)
      },
    )
    onward.on('error', () => outgoing.writeHead(502).end())
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
