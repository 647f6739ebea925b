/**
 * The front door: runs in CloudFront before everything else, on each request. Host -> tenant, path -> function, by the tables that
 * `render_front_door.ts` puts before it. What it does not know is answered here; no request leaves for an origin that is not ours.
 *
 * The runtime is cloudfront-js-2.0: ECMAScript 5.1 and a part of what came later. No destructuring, spread, `?.`, `??`, classes.
 */

type Value = { value: string }
type CloudFrontRequest = { method: string; uri: string; headers: Record<string, Value | undefined> }
type CloudFrontEvent = { context: { distributionDomainName: string }; viewer: { ip: string }; request: CloudFrontRequest }
type CloudFrontAnswer = {
  statusCode: number
  statusDescription: string
  headers: Record<string, Value>
  body?: { encoding: 'text'; data: string }
}
/** Whose a request is. `basePath` is `/t/{tenant}` or empty. */
type Address = { tenant: string; basePath: string }

declare const cf: {
  kvs(): { exists(key: string): Promise<boolean>; get(key: string): Promise<string> }
  updateRequestOrigin(origin: object): void
}
declare const BASE_DOMAIN: string
declare const DEFAULT_TENANT: string
declare const TENANT_ID: RegExp
/** Locale -> direction, title, text. */
declare const NOWHERE: Record<string, string[] | undefined>
declare const ROUTES: { path: RegExp; app: string }[]
declare const LOOKS_KEPT: RegExp
declare const PUBLIC: RegExp
declare const ASSET: RegExp
declare const PAGE_ASSET: RegExp
/** What CloudFront says of where a viewer is. */
declare const PLACE: string[]

/** RFC 8414 section 3.1: the issuer's path after the well-known name. */
const INSERTED = /^(\/\.well-known\/(?:openid-configuration|oauth-authorization-server))(\/t\/[^/]+)$/
/** One request in a hundred: traces of all would cost more than the house. */
const TRACED = 0.01
const SHORT_ADDRESSES = ['/', '/user-portal', '/myaccount']
/**
 * One path, one spelling: dot segments and letters written as %xx are read differently by different readers, by CloudFront's own
 * patterns for one. No browser and no client sends them.
 */
const SPELT_OTHERWISE = /\\|\/\.{1,2}(?:\/|$)|%(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5[cf]|7e|00)/i
/**
 * What only we, or CloudFront, may say: whatever names a certificate, in any proxy's spelling (`cloudfront-viewer-cert-*` among them), is no client's to send.
 * CloudFront shows a function neither `Client-Cert`, `Client-Cert-Chain` nor `CloudFront-Viewer-Cert-Pem`, so that it cannot take them away either: those the
 * functions themselves drop (`packages/lambda/src/function_url.ts`).
 */
const OURS =
  /^x-gatehouse-|^x-forwarded-|^forwarded$|^x-real-ip$|^x-original-|^x-rewrite-|^x-http-method|^x-amzn-|^cloudfront-|cert|mtls|x-?509|^(?:x-)?(?:ssl|tls)-|client-(?:verif|s-?dn|i-?dn|dn)/

async function handler(event: CloudFrontEvent): Promise<CloudFrontRequest | CloudFrontAnswer> {
  const request = event.request
  const headers = request.headers
  const place = placeOf(headers)
  const sent = Object.keys(headers)
  for (let i = 0; i < sent.length; i++) if (OURS.test(String(sent[i]).toLowerCase().replace(/_/g, '-'))) delete headers[String(sent[i])]

  if (SPELT_OTHERWISE.test(request.uri)) return nowhere(headers)
  const host = headers.host ? headers.host.value.toLowerCase() : ''
  const generated = host === event.context.distributionDomainName
  let ownTenant = ''
  let door: { secret: string; origins: Record<string, string | undefined> }
  try {
    door = JSON.parse(await cf.kvs().get('door'))
    if (!generated) ownTenant = await tenantOf(host)
  } catch (_error) {
    return outage()
  }
  if (generated ? BASE_DOMAIN !== '' : ownTenant === '') {
    return host === BASE_DOMAIN && isShort(request)
      ? redirect('https://' + DEFAULT_TENANT + '.' + BASE_DOMAIN + '/account')
      : nowhere(headers)
  }

  if (PAGE_ASSET.test(request.uri)) return request
  if (generated) request.uri = request.uri.replace(INSERTED, '$2$1')
  const address = ownTenant === '' ? byPath(request.uri) : { tenant: ownTenant, basePath: '' }
  if (isShort(request) && (!address || address.basePath === '')) {
    return redirect((address ? '' : '/t/' + DEFAULT_TENANT) + '/account')
  }
  if (!address) return nowhere(headers)
  const below = request.uri.slice(address.basePath.length)
  if (LOOKS_KEPT.test(request.uri) !== (PUBLIC.test(below) || ASSET.test(below))) return nowhere(headers)
  if (ASSET.test(below)) {
    request.uri = below
    return request
  }
  const app = appOf(below)
  if (app === '') return nowhere(headers)
  const origin = door.origins[app]
  if (!origin || !door.secret) return outage()

  headers['x-gatehouse-door'] = { value: door.secret }
  headers['x-gatehouse-tenant'] = { value: address.tenant }
  headers['x-gatehouse-base-path'] = { value: address.basePath }
  headers['x-gatehouse-origin'] = { value: 'https://' + host }
  headers['x-gatehouse-ip'] = { value: event.viewer.ip }
  Object.assign(headers, place)
  if (Math.random() < TRACED) headers['x-amzn-trace-id'] = { value: traceId() }
  cf.updateRequestOrigin({
    domainName: origin,
    hostHeader: origin,
    customOriginConfig: { port: 443, protocol: 'https', sslProtocols: ['TLSv1.2'] },
    originAccessControlConfig: { enabled: false },
    timeouts: { readTimeout: 30, connectionTimeout: 5 },
    customHeaders: {},
  })
  return request
}

/**
 * AWS does not say what becomes of a header of this kind that a client sends where CloudFront itself knows nothing. Where it knows a viewer's country it has
 * written that, so a city or degrees without one are nobody's word.
 */
function placeOf(headers: CloudFrontRequest['headers']): CloudFrontRequest['headers'] {
  const place: CloudFrontRequest['headers'] = {}
  if (!headers['cloudfront-viewer-country']) return place
  for (let i = 0; i < PLACE.length; i++) {
    const said = headers['cloudfront-viewer-' + PLACE[i]]
    if (said) place['x-gatehouse-' + PLACE[i]] = { value: said.value }
  }
  return place
}

/** Empty: nobody's host. A label of the base domain is the tenant's name; any other host was proved by its owner and stands in the store. */
async function tenantOf(host: string): Promise<string> {
  const end = '.' + BASE_DOMAIN
  if (BASE_DOMAIN !== '' && host.endsWith(end)) return tenantId(host.slice(0, -end.length))
  if (host === '' || host === BASE_DOMAIN) return ''
  const store = cf.kvs()
  return (await store.exists('host:' + host)) ? tenantId(await store.get('host:' + host)) : ''
}

function tenantId(text: string): string {
  return TENANT_ID.test(text) ? text : ''
}

function byPath(uri: string): Address | undefined {
  const found = /^\/t\/([^/]+)(?=\/|$)/.exec(uri)
  return found && tenantId(String(found[1])) !== '' ? { tenant: String(found[1]), basePath: found[0] } : undefined
}

function appOf(below: string): string {
  for (let i = 0; i < ROUTES.length; i++) {
    const route = ROUTES[i]
    if (route && route.path.test(below)) return route.app
  }
  return ''
}

function isShort(request: CloudFrontRequest): boolean {
  return (request.method === 'GET' || request.method === 'HEAD') && SHORT_ADDRESSES.indexOf(request.uri.replace(/\/$/, '') || '/') >= 0
}

/** X-Ray's: the functions trace what comes with one, and begin none themselves. */
function traceId(): string {
  return 'Root=1-' + hex(Date.now() / 1000) + '-' + random() + random() + random() + ';Sampled=1'
}

function random(): string {
  return hex(Math.random() * 4294967296)
}

function hex(number: number): string {
  return ('0000000' + Math.floor(number).toString(16)).slice(-8)
}

function redirect(location: string): CloudFrontAnswer {
  return answer(302, 'Found', { location: { value: location } }, '')
}

function nowhere(headers: CloudFrontRequest['headers']): CloudFrontAnswer {
  const accepted = headers['accept-language'] ? headers['accept-language'].value.toLowerCase().split(',') : []
  let locale = 'en'
  for (let i = accepted.length - 1; i >= 0; i--) {
    const language = String(accepted[i]).trim().split(/[-_;]/)[0] || ''
    if (Array.isArray(NOWHERE[language])) locale = language
  }
  const words = NOWHERE[locale] || []
  return answer(404, 'Not Found', {}, page(locale, String(words[0]), String(words[1]), String(words[2])))
}

function outage(): CloudFrontAnswer {
  return answer(
    503,
    'Service Unavailable',
    { 'retry-after': { value: '5' } },
    page('en', 'ltr', 'Service unavailable', 'The house cannot be reached at the moment. Please try again.'),
  )
}

function answer(statusCode: number, statusDescription: string, more: Record<string, Value>, text: string): CloudFrontAnswer {
  more['cache-control'] = { value: 'no-store' }
  more['strict-transport-security'] = { value: 'max-age=31536000' }
  more['x-content-type-options'] = { value: 'nosniff' }
  if (text === '') return { statusCode: statusCode, statusDescription: statusDescription, headers: more }
  more['content-type'] = { value: 'text/html; charset=utf-8' }
  more['content-security-policy'] = { value: "default-src 'none'; frame-ancestors 'none'" }
  return { statusCode: statusCode, statusDescription: statusDescription, headers: more, body: { encoding: 'text', data: text } }
}

/** Read by everybody, seldom: no styles, but a language, a heading and a main part. */
function page(locale: string, direction: string, title: string, text: string): string {
  const head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>' + title + '</title>'
  const html = '<!doctype html><html lang="' + locale + '" dir="' + direction + '">' + head
  return html + '<main><h1>' + title + '</h1><p>' + text + '</p></main></html>'
}
