/** What both front doors do to a request: read it in one spelling, take off what only we may say, and send it on to a function. */

export type Value = { value: string }
export type Headers = Record<string, Value | undefined>
export type CloudFrontRequest = { method: string; uri: string; headers: Headers }
export type CloudFrontEvent = { context: { distributionDomainName: string }; viewer: { ip: string }; request: CloudFrontRequest }
/** Whose a request is. `basePath` is `/t/{tenant}` or empty. */
export type Address = { tenant: string; basePath: string }
/** The entry `door` of the key-value store. */
export type Door = { secret: string; origins: Record<string, string | undefined> }

declare const cf: {
  kvs(): { get(key: string): Promise<string> }
  updateRequestOrigin(origin: object): void
}
declare const TENANT_ID: RegExp
declare const ROUTES: { path: RegExp; app: string }[]

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

export function isSpeltOtherwise(uri: string): boolean {
  return SPELT_OTHERWISE.test(uri)
}

export function dropForged(headers: Headers): void {
  const sent = Object.keys(headers)
  for (let i = 0; i < sent.length; i++) if (OURS.test(String(sent[i]).toLowerCase().replace(/_/g, '-'))) delete headers[String(sent[i])]
}

export function hostOf(headers: Headers): string {
  return headers.host ? headers.host.value.toLowerCase() : ''
}

/** Throws where the store cannot be read. */
export async function loadDoor(): Promise<Door> {
  return JSON.parse(await cf.kvs().get('door'))
}

/** Empty: no tenant's. */
export function tenantId(text: string): string {
  return TENANT_ID.test(text) ? text : ''
}

export function byPath(uri: string): Address | undefined {
  const found = /^\/t\/([^/]+)(?=\/|$)/.exec(uri)
  return found && tenantId(String(found[1])) !== '' ? { tenant: String(found[1]), basePath: found[0] } : undefined
}

/** Empty: nobody's. `below` is what comes after the issuer. */
export function appOf(below: string): string {
  for (let i = 0; i < ROUTES.length; i++) {
    const route = ROUTES[i]
    if (route && route.path.test(below)) return route.app
  }
  return ''
}

/** Says to the function whose the request is, and leads it there: false where the door knows no such function. */
export function sendOn(event: CloudFrontEvent, door: Door, app: string, address: Address): boolean {
  const headers = event.request.headers
  const origin = door.origins[app]
  if (!origin || !door.secret) return false
  headers['x-gatehouse-door'] = { value: door.secret }
  headers['x-gatehouse-tenant'] = { value: address.tenant }
  headers['x-gatehouse-base-path'] = { value: address.basePath }
  headers['x-gatehouse-origin'] = { value: 'https://' + hostOf(headers) }
  headers['x-gatehouse-ip'] = { value: event.viewer.ip }
  cf.updateRequestOrigin({
    domainName: origin,
    hostHeader: origin,
    customOriginConfig: { port: 443, protocol: 'https', sslProtocols: ['TLSv1.2'] },
    originAccessControlConfig: { enabled: false },
    timeouts: { readTimeout: 30, connectionTimeout: 5 },
    customHeaders: {},
  })
  return true
}
