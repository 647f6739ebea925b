/**
 * The front door: runs in CloudFront before everything else, on each request. Host -> tenant, path -> function, by the tables that
 * `render_front_door.ts` puts before it. What it does not know is answered here; no request leaves for an origin that is not ours.
 *
 * The runtime is cloudfront-js-2.0: ECMAScript 5.1 and a part of what came later. No destructuring, spread, `?.`, `??`, classes.
 */
import { type CloudFrontAnswer, nowhere, outage, redirect } from './edge_answer.ts'
import {
  appOf,
  byPath,
  type CloudFrontEvent,
  type CloudFrontRequest,
  type Door,
  dropForged,
  type Headers,
  hostOf,
  isSpeltOtherwise,
  loadDoor,
  sendOn,
  tenantId,
} from './edge_request.ts'

declare const cf: { kvs(): { exists(key: string): Promise<boolean>; get(key: string): Promise<string> } }
declare const BASE_DOMAIN: string
declare const DEFAULT_TENANT: string
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

export async function handler(event: CloudFrontEvent): Promise<CloudFrontRequest | CloudFrontAnswer> {
  const request = event.request
  const headers = request.headers
  const place = placeOf(headers)
  dropForged(headers)

  if (isSpeltOtherwise(request.uri)) return nowhere(headers)
  const host = hostOf(headers)
  const generated = host === event.context.distributionDomainName
  let ownTenant = ''
  let door: Door
  try {
    door = await loadDoor()
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
  if (!sendOn(event, door, app, address)) return outage()
  Object.assign(headers, place)
  if (Math.random() < TRACED) headers['x-amzn-trace-id'] = { value: traceId() }
  return request
}

/**
 * AWS does not say what becomes of a header of this kind that a client sends where CloudFront itself knows nothing. Where it knows a viewer's country it has
 * written that, so a city or degrees without one are nobody's word.
 */
function placeOf(headers: Headers): Headers {
  const place: Headers = {}
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
