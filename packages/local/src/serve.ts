/** Listens: HTTP or HTTPS, on both loopback addresses where the host is `localhost`, and gives the peer's address, and the certificate that it showed, to the house. */
import { constants } from 'node:crypto'
import { createServer as createHttpServer, type Server } from 'node:http'
import { createServer as createHttpsServer, type ServerOptions as HttpsOptions } from 'node:https'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import type { Peer } from '@gatehouse/http/front.ts'
import { getRequestListener, type HttpBindings } from '@hono/node-server'

export type ServeOptions = {
  readonly port: number
  readonly host: string
  readonly tls: { readonly cert: Buffer; readonly key: Buffer } | undefined
  /** TLS asks for a client certificate, and takes any: whether it is good is for whoever is told of it. */
  readonly asksForCertificates?: boolean
  readonly trustedProxies: number
  readonly fetch: (request: Request, peer: Peer) => Promise<Response>
}

export type Listening = { readonly port: number; close(): Promise<void> }

/** Rejects with the system's error (`EADDRINUSE`, `EACCES`) when it cannot listen. */
export async function serve(options: ServeOptions): Promise<Listening> {
  // It puts its own Request and Response in place of Node's: they become streams only when asked to, which saves a third of a small answer's time.
  const listener = getRequestListener((request, env) => {
    const { incoming } = env as HttpBindings
    const certificate = options.asksForCertificates ? shownBy(incoming.socket) : undefined
    return options.fetch(request, {
      ip: peerAddress(incoming.socket.remoteAddress, incoming.headers['x-forwarded-for'], options.trustedProxies),
      ...(certificate === undefined ? {} : { certificate }),
    })
  })
  const hosts = options.host === 'localhost' ? ['127.0.0.1', '::1'] : [options.host]
  const servers: Server[] = []
  let port = options.port
  try {
    for (const host of hosts) {
      const server = options.tls ? createHttpsServer(tlsOf(options.tls, options), listener) : createHttpServer(listener)
      server.requestTimeout = 30_000
      server.headersTimeout = 10_000
      // Longer than a browser's own idle time, so that it is the browser that closes.
      server.keepAliveTimeout = 65_000
      port = await listen(server, port, host)
      servers.push(server)
    }
  } catch (error) {
    // A machine without IPv6 still has one loopback address.
    if (servers.length === 0 || !isMissingAddress(error)) {
      await Promise.all(servers.map(close))
      throw error
    }
  }
  return { port, close: async () => void (await Promise.all(servers.map(close))) }
}

function tlsOf(tls: NonNullable<ServeOptions['tls']>, { asksForCertificates }: ServeOptions): HttpsOptions {
  // Each connection proves its key itself: none goes on with what another has shown.
  return asksForCertificates ? { ...tls, requestCert: true, rejectUnauthorized: false, secureOptions: constants.SSL_OP_NO_TICKET } : tls
}

/** In PEM; undefined where none was shown. */
function shownBy(socket: Socket): string | undefined {
  return socket instanceof TLSSocket ? socket.getPeerX509Certificate()?.toString() : undefined
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.removeListener('error', reject)
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
    // What still runs has five seconds to finish.
    setTimeout(() => server.closeAllConnections(), 5_000).unref()
  })
}

function isMissingAddress(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT')
}

/** The peer, or, behind N proxies of ours, the Nth address from the right: what stands further left was written by strangers. */
export function peerAddress(remote: string | undefined, forwardedFor: string | string[] | undefined, trustedProxies: number): string {
  const direct = (remote ?? '').replace(/^::ffff:/, '')
  if (trustedProxies === 0 || forwardedFor === undefined) return direct
  const hops = String(forwardedFor)
    .split(',')
    .map((hop) => hop.trim())
  return hops.at(-trustedProxies) ?? direct
}
