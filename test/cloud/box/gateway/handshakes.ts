/**
 * One port for names of which some ask for a client certificate and others must not: the name stands readable in the first message of a handshake (RFC 6066
 * section 3), before anything is asked. Whatever is shown is taken, and judged by nobody here.
 */
import type { IncomingMessage, RequestListener } from 'node:http'
import { createServer, type ServerOptions } from 'node:https'
import { createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Certificates } from './certificate_authority.ts'

export type Handshakes = { readonly server: Server; close(): Promise<void> }

const RECORD_HEADER_BYTES = 5
const KEPT_ALIVE_MILLISECONDS = 65_000

/** `asking`: names, without a port, whose visitors are asked. */
export function openHandshakes({ certificate, key }: Certificates, asking: readonly string[], serve: RequestListener): Handshakes {
  const secure = (options: ServerOptions) => {
    const server = createServer({ cert: certificate, key, ...options }, serve)
    server.keepAliveTimeout = KEPT_ALIVE_MILLISECONDS
    return server
  }
  const servers = { plain: secure({}), asking: secure({ requestCert: true, rejectUnauthorized: false }) }
  const sockets = new Set<Socket>()
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => socket.destroy())
    readHello(socket, (hello) => {
      const which = asking.some((name) => hello.includes(name)) ? servers.asking : servers.plain
      which.emit('connection', socket)
    })
  })
  return {
    server,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

/** The certificate that this connection's handshake has proven the key of, as DER. */
export function shownCertificate({ socket }: IncomingMessage): Buffer | undefined {
  const { raw } = socket instanceof TLSSocket ? socket.getPeerCertificate() : {}
  return raw
}

/** The first record whole, and put back for whoever does the handshake. */
function readHello(socket: Socket, then: (hello: Buffer) => void): void {
  let seen = Buffer.alloc(0)
  const heard = (chunk: Buffer) => {
    seen = Buffer.concat([seen, chunk])
    if (seen.length < RECORD_HEADER_BYTES || seen.length < RECORD_HEADER_BYTES + seen.readUInt16BE(3)) return
    socket.off('data', heard)
    socket.pause()
    socket.unshift(seen)
    then(seen)
  }
  socket.on('data', heard)
}
