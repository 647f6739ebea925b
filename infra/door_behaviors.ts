/** What CloudFront keeps, for whom, and what it passes on: one description for both kinds of distribution. */
import { ASSET_PATTERNS, PUBLIC_PATTERNS } from './front_door/front_door_paths.ts'
import { PLACE } from './front_door/render_front_door.ts'
import { named } from './names.ts'

/** The bucket of assets: the only origin that a distribution itself has. */
export const ASSETS_ORIGIN = 'assets'
export const KEPT_METHODS = ['GET', 'HEAD']

/** AWS's own policies, the same in every account. */
export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'
const SECURITY_HEADERS = '67f7725c-6f97-4210-82d7-5512b31e9d03'

const ALL_METHODS = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'POST', 'PATCH', 'DELETE']
export const READ_METHODS = ['GET', 'HEAD', 'OPTIONS']

const YEAR = 31_536_000
const FIVE_MINUTES = 300

/** What the front door says to a function (`front_door/viewer_request.ts`). */
const OUR_HEADERS = ['door', 'tenant', 'base-path', 'origin', 'ip'].map((name) => `x-gatehouse-${name}`)

export type Behavior = {
  readonly methods: string[]
  readonly cachePolicyId: $util.Input<string>
  readonly originRequestPolicyId?: $util.Input<string>
  readonly responseHeadersPolicyId?: string
  readonly targetOriginId: string
  readonly viewerProtocolPolicy: string
  readonly compress: boolean
  readonly functionAssociations: { eventType: string; functionArn: $util.Input<string> }[]
}

export type Behaviors = { readonly byDefault: Behavior; readonly byPattern: readonly (Behavior & { readonly pathPattern: string })[] }

export function createBehaviors(viewerRequest: aws.cloudfront.Function): Behaviors {
  const common = {
    targetOriginId: ASSETS_ORIGIN,
    viewerProtocolPolicy: 'redirect-to-https',
    compress: true,
    functionAssociations: [{ eventType: 'viewer-request', functionArn: viewerRequest.arn }],
  }
  const read = { ...common, methods: READ_METHODS }
  const keptPerTenant = { cachePolicyId: perTenant(), originRequestPolicyId: ourWordsOnly() }
  const keptForAll = { cachePolicyId: forAll(), responseHeadersPolicyId: SECURITY_HEADERS }
  return {
    byDefault: { ...common, methods: ALL_METHODS, cachePolicyId: CACHING_DISABLED, originRequestPolicyId: everything() },
    byPattern: [
      ...PUBLIC_PATTERNS.map((pathPattern) => ({ ...read, ...keptPerTenant, pathPattern })),
      ...ASSET_PATTERNS.map((pathPattern) => ({ ...read, ...keptForAll, pathPattern })),
    ],
  }
}

/** Keys and metadata, for as long as the function says: one copy per tenant and host, since they name the issuer. */
function perTenant() {
  return new aws.cloudfront.CachePolicy('KeptPerTenant', {
    name: named('kept-per-tenant'),
    minTtl: 0,
    defaultTtl: 0,
    maxTtl: FIVE_MINUTES,
    parametersInCacheKeyAndForwardedToOrigin: {
      headersConfig: { headerBehavior: 'whitelist', headers: { items: ['x-gatehouse-tenant', 'x-gatehouse-origin'] } },
      cookiesConfig: { cookieBehavior: 'none' },
      queryStringsConfig: { queryStringBehavior: 'none' },
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    },
  }).id
}

/** Whoever asks first must not be able to colour what all get: nothing of the request is passed on but what the front door says. */
function ourWordsOnly() {
  return new aws.cloudfront.OriginRequestPolicy('OurWordsOnly', {
    name: named('our-words-only'),
    headersConfig: { headerBehavior: 'whitelist', headers: { items: OUR_HEADERS } },
    cookiesConfig: { cookieBehavior: 'none' },
    queryStringsConfig: { queryStringBehavior: 'none' },
  }).id
}

/** Files whose names carry a hash of their content; the same for every tenant. */
function forAll() {
  return new aws.cloudfront.CachePolicy('KeptForAll', {
    name: named('kept-for-all'),
    minTtl: 0,
    defaultTtl: YEAR,
    maxTtl: YEAR,
    parametersInCacheKeyAndForwardedToOrigin: {
      headersConfig: { headerBehavior: 'none' },
      cookiesConfig: { cookieBehavior: 'none' },
      queryStringsConfig: { queryStringBehavior: 'none' },
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    },
  }).id
}

/** The Host header is in it, but the front door names another with each origin; those of CloudFront's own tell where somebody is. */
function everything() {
  return new aws.cloudfront.OriginRequestPolicy('Everything', {
    name: named('everything'),
    headersConfig: {
      headerBehavior: 'allViewerAndWhitelistCloudFront',
      headers: { items: PLACE.map((name) => `cloudfront-viewer-${name}`.replace(/(?<=^|-)./g, (letter) => letter.toUpperCase())) },
    },
    cookiesConfig: { cookieBehavior: 'all' },
    queryStringsConfig: { queryStringBehavior: 'all' },
  }).id
}
