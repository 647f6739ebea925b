/** CloudFront in the box: https on this machine, the plan's function at the edge, its behaviours, and no way to any origin that is not the plan's. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import type { Buckets } from '../apis/s3.ts'
import type { Functions } from '../functions/functions.ts'
import type { Authority } from '../iam/authority.ts'
import { functionUrlAnswer, functionUrlEvent } from '../sources/function_url.ts'
import type { Certificates } from './certificate_authority.ts'
import { type Behaviour, behaviourOf, type Distribution, type Origin } from './distribution.ts'
import { type Answer, cacheKey, type EdgeCache, openEdgeCache } from './edge_cache.ts'
import { renderHeaders, renderPairs, toAnswer, toEdgeRequest } from './edge_event.ts'
import type { EdgeFunction, EdgeRequest } from './edge_function.ts'
import { type Handshakes, openHandshakes, shownCertificate } from './handshakes.ts'
import { certificateHeaders, passedOn } from './passed_on.ts'

export type GatewayOptions = {
  readonly distributions: readonly Distribution[]
  /** Of a host that a tenant brought: the id of its distribution. */
  readonly findTenantsDistribution: (host: string) => string | undefined
  /** All that the plan has, by their hosts: the only places to which a request may go. */
  readonly origins: ReadonlyMap<string, Origin>
  /** By ARN. */
  readonly edgeFunctions: ReadonlyMap<string, EdgeFunction>
  readonly functions: Functions
  readonly buckets: Buckets
  readonly authority: Authority
  readonly account: string
  readonly now: () => number
  /** Told of what no deployment would show: a function that threw at the edge, a host that is no origin of the plan. */
  readonly report: (problem: string) => void
}

export type Gateway = {
  /** In front of everything: a window of the box itself, such as the inbox. */
  intercept(window: (request: Request) => Promise<Response | undefined>): void
  listen(port: number, certificates: Certificates): Promise<void>
  readonly cache: EdgeCache
  /** Origins that were asked, newest last: domain and path. */
  readonly asked: string[]
  close(): Promise<void>
}

const MAXIMUM_BODY_BYTES = 6 * 1024 * 1024
/** Strict-Transport-Security is for a host of one's own: `localhost` belongs to everything on this machine, the samples on plain http too. */
const NOT_SENT = new Set(['content-length', 'strict-transport-security'])
/** What the box says of every viewer that asks from this machine. */
const VIEWER: Readonly<Record<string, string>> = {
  'cloudfront-viewer-country': 'DE',
  'cloudfront-viewer-country-name': 'Germany',
  'cloudfront-viewer-country-region': 'BW',
  'cloudfront-viewer-city': 'Freiburg',
  'cloudfront-viewer-latitude': '47.9990',
  'cloudfront-viewer-longitude': '7.8421',
  'cloudfront-viewer-time-zone': 'Europe/Berlin',
  'cloudfront-viewer-asn': '553',
  'cloudfront-viewer-tls': 'TLSv1.3:TLS_AES_128_GCM_SHA256:sessionResumed',
}

export function openGateway(options: GatewayOptions): Gateway {
  const { distributions, origins, edgeFunctions, functions, buckets, authority, account, report } = options
  const cache = openEdgeCache(options.now)
  const asked: string[] = []
  const doors: Handshakes[] = []
  let window: (request: Request) => Promise<Response | undefined> = async () => undefined

  /** Of two the one with the more specific name. */
  function distributionOf(host: string): Distribution | undefined {
    const named = (fits: (name: string) => boolean) => distributions.find(({ domainName, aliases }) => [domainName, ...aliases].some(fits))
    const brought = options.findTenantsDistribution(host)
    return named((name) => name === host) ?? distributions.find(({ id }) => id === brought) ?? named((name) => isBelow(name, host))
  }

  async function answer(incoming: IncomingMessage, body: Buffer): Promise<Answer> {
    const host = incoming.headers.host ?? ''
    const distribution = distributionOf(host)
    const path = (incoming.url ?? '/').split('?')[0] ?? '/'
    // The box is reached by names of no distribution too: there the edge function decides.
    const at = distribution ?? distributions[0]
    const behaviour = at && behaviourOf(at, path)
    if (!at || !behaviour) return plain(403, 'no distribution of the plan has this name')
    if (!behaviour.methods.includes(incoming.method ?? 'GET'))
      return plain(403, 'This distribution is not configured to allow the HTTP request method.')
    const ip = (incoming.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    const arrived = toEdgeRequest(incoming, factsOf(behaviour, ip, incoming.socket.remotePort ?? 0))
    const seen = at.asksForCertificates ? certificateHeaders(arrived, shownCertificate(incoming)) : arrived
    const outcome = await atTheEdge(at, behaviour, seen, ip)
    if (outcome.kind === 'response') return outcome.answer
    const { request, origin } = outcome
    if (!origin) return plain(502, 'the origin is not in the plan')
    return throughCache(at, behaviour, request, () => fromOrigin(at, origin, passedOn(behaviour.passes, request), body, ip))
  }

  type AtTheEdge =
    | { readonly kind: 'response'; readonly answer: Answer }
    | { readonly kind: 'request'; readonly request: EdgeRequest; readonly origin: Origin | undefined }

  async function atTheEdge(at: Distribution, behaviour: Behaviour, request: EdgeRequest, ip: string): Promise<AtTheEdge> {
    const otherwise = at.origins.get(behaviour.originId)
    if (behaviour.requestFunctionArn === undefined) return { kind: 'request', request, origin: otherwise }
    const run = edgeFunctions.get(behaviour.requestFunctionArn)
    if (!run) throw new TypeError(`no CloudFront function ${behaviour.requestFunctionArn} in the plan`)
    try {
      const event = { eventType: 'viewer-request', distributionDomainName: at.domainName, distributionId: at.id, ip, request } as const
      const outcome = await run(event)
      if (outcome.kind === 'response') return { kind: 'response', answer: toAnswer(outcome.response) }
      const domain = outcome.origin?.domainName
      const chosen = outcome.originId === undefined ? otherwise : at.origins.get(outcome.originId)
      const origin = domain === undefined ? chosen : origins.get(domain)
      if (!origin) report(`a request for ${request.uri} would have left for ${domain ?? outcome.originId ?? behaviour.originId}`)
      return { kind: 'request', request: outcome.request, origin }
    } catch (error) {
      report(`the CloudFront function threw at ${request.uri}: ${error instanceof Error ? error.stack : String(error)}`)
      return { kind: 'response', answer: plain(503, 'The CloudFront function returned an error.') }
    }
  }

  async function throughCache(at: Distribution, behaviour: Behaviour, request: EdgeRequest, fetch: () => Promise<Answer>): Promise<Answer> {
    const dress = (found: Answer, word: string): Answer => ({
      ...found,
      headers: [
        ...found.headers,
        ...Object.entries(behaviour.responseHeaders),
        ['x-cache', `${word} from cloudfront`],
        ['via', `1.1 ${at.domainName} (CloudFront)`],
      ],
    })
    const mayKeep = request.method === 'GET' || request.method === 'HEAD'
    const key = cacheKey(request, behaviour.pattern, behaviour.cache)
    const found = mayKeep ? cache.find(key) : undefined
    if (found) return dress(found, 'Hit')
    const fresh = await fetch()
    if (mayKeep) cache.keep(key, fresh, behaviour.cache)
    return dress(fresh, 'Miss')
  }

  async function fromOrigin(at: Distribution, origin: Origin, request: EdgeRequest, body: Buffer, ip: string): Promise<Answer> {
    asked.push(`${origin.domain}${request.uri}`)
    if (origin.kind === 'bucket') return fromBucket(at, origin, request)
    const need = { action: 'lambda:InvokeFunctionUrl', resource: origin.functionArn, context: { 'lambda:functionurlauthtype': 'NONE' } }
    const invoked = { action: 'lambda:InvokeFunction', resource: origin.functionArn, context: { 'lambda:invokedviafunctionurl': 'true' } }
    if (![need, invoked].every((one) => authority.judge({ kind: 'anyone' }, one).allowed)) return plain(403, '{"Message":"Forbidden"}')
    const { host: _host, ...headers } = { ...renderHeaders(request.headers), ...origin.headers }
    const event = functionUrlEvent(origin.domain, {
      method: request.method,
      path: request.uri,
      rawQuery: renderPairs(request.querystring).join('&'),
      headers: {
        ...headers,
        host: origin.domain,
        'x-forwarded-for': ip,
        'x-forwarded-proto': 'https',
        via: `1.1 ${at.domainName} (CloudFront)`,
      },
      cookies: renderPairs(request.cookies),
      body,
      sourceIp: '130.176.0.1',
    })
    return functionUrlAnswer(await functions.invoke(origin.functionArn, event, headers['x-amzn-trace-id']))
  }

  function fromBucket(at: Distribution, { bucket, path }: Extract<Origin, { kind: 'bucket' }>, request: EdgeRequest): Answer {
    const key = decodeURIComponent(`${path}${request.uri}`.replace(/^\/+/, ''))
    const owner = `arn:aws:s3:::${bucket}`
    const context = { 'aws:sourcearn': at.arn, 'aws:sourceaccount': account }
    const verdict = authority.judge(
      { kind: 'service', name: 'cloudfront.amazonaws.com' },
      { action: 's3:GetObject', resource: `${owner}/${key}`, owner, context },
    )
    const found = verdict.allowed ? buckets.get(bucket, key) : undefined
    // Who may not list a bucket is told 403 of what is not there.
    if (!found) return plain(403, 'AccessDenied')
    const headers: [string, string][] = [['content-type', found.contentType]]
    if (found.cacheControl !== undefined) headers.push(['cache-control', found.cacheControl])
    return { status: 200, headers, body: found.body }
  }

  async function serve(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const body = await read(incoming)
    if (body === undefined) return send(outgoing, incoming, plain(413, 'too large'))
    const seen = await window(
      new Request(new URL(incoming.url ?? '/', `https://${incoming.headers.host}`), { headers: plainHeaders(incoming) }),
    )
    send(outgoing, incoming, seen ? await responseAnswer(seen) : await answer(incoming, body))
  }

  return {
    cache,
    asked,
    intercept: (shown) => {
      window = shown
    },
    async listen(port, certificates) {
      const asking = distributions
        .filter((one) => one.asksForCertificates)
        .flatMap(({ aliases }) => aliases.map((name) => name.split(':')[0] ?? ''))
      for (const host of ['127.0.0.1', '::1']) {
        const door = openHandshakes(certificates, asking, (incoming, outgoing) => {
          serve(incoming, outgoing).catch((error: unknown) => {
            report(`the gateway failed at ${incoming.url}: ${error instanceof Error ? error.stack : String(error)}`)
            outgoing.destroy()
          })
        })
        if (await listen(door.server, port, host)) doors.push(door)
      }
    },
    close: async () => {
      await Promise.all(doors.map((door) => door.close()))
    },
  }
}

function factsOf({ viewerFacts }: Behaviour, ip: string, port: number): Record<string, string> {
  const known: Record<string, string> = { ...VIEWER, 'cloudfront-viewer-address': `${ip}:${port}` }
  return Object.fromEntries(viewerFacts.flatMap((name) => (known[name] === undefined ? [] : [[name, known[name]]])))
}

function isBelow(name: string, host: string): boolean {
  return name.startsWith('*.') && host.endsWith(name.slice(1))
}

/** A machine without IPv6 still has one loopback address. */
function listen(server: Server, port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      host === '::1' && (error.code === 'EADDRNOTAVAIL' || error.code === 'EAFNOSUPPORT') ? resolve(false) : reject(error),
    )
    server.listen(port, host, () => resolve(true))
  })
}

async function read(incoming: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of incoming) {
    bytes += chunk.length
    if (bytes > MAXIMUM_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function send(outgoing: ServerResponse, { method }: IncomingMessage, { status, headers, body }: Answer): void {
  for (const [name, value] of headers) if (!NOT_SENT.has(name)) outgoing.appendHeader(name, value)
  outgoing.setHeader('content-length', body.length)
  outgoing.writeHead(status).end(method === 'HEAD' ? undefined : body)
}

function plain(status: number, words: string): Answer {
  return {
    status,
    headers: [
      ['content-type', 'text/plain; charset=utf-8'],
      ['cache-control', 'no-store'],
    ],
    body: Buffer.from(`${words}\n`),
  }
}

function plainHeaders(incoming: IncomingMessage): Record<string, string> {
  return Object.fromEntries(
    Object.entries(incoming.headers).flatMap(([name, value]) =>
      value === undefined || name.startsWith(':') ? [] : [[name, String(value)]],
    ),
  )
}

async function responseAnswer(response: Response): Promise<Answer> {
  return { status: response.status, headers: [...response.headers], body: Buffer.from(await response.arrayBuffer()) }
}
