/** The edge of the plan: distributions, their functions, and what lies in the key-value stores. */
import type { DistributionTenantsOptions } from '../apis/distribution_tenants.ts'
import type { Behaviour, CachePolicy, Distribution, Origin, Passes } from '../gateway/distribution.ts'
import { functionArn } from './policies.ts'
import { blockOf, type Fields, fieldsOf, listOf, type Plan, type PlannedResource, resourcesOf, textOf } from './resources.ts'

/** AWS's own policies, by the ids that it gave them. */
const MANAGED_CACHE: Readonly<Record<string, CachePolicy>> = {
  '4135ea2d-6df8-44a3-9df3-4b5a84be39ad': { minSeconds: 0, defaultSeconds: 0, maxSeconds: 0, headers: [], cookies: [], query: [] },
  '658327ea-f89d-4fab-a63d-7e88639e58f6': {
    minSeconds: 1,
    defaultSeconds: 86_400,
    maxSeconds: 31_536_000,
    headers: [],
    cookies: [],
    query: [],
  },
}

/** By the host that `updateRequestOrigin` would be given: every function's address, every bucket of a distribution. */
export function readOrigins(plan: Plan): Map<string, Origin> {
  const functions = resourcesOf(plan, 'functionUrl').map((url): [string, Origin] => {
    const domain = new URL(textOf(url, 'functionUrl')).hostname
    return [domain, { kind: 'function', functionArn: functionArn(plan, url.inputs), domain, headers: {} }]
  })
  const buckets = resourcesOf(plan, 'bucket').flatMap((bucket): [string, Origin][] =>
    ['bucketRegionalDomainName', 'bucketDomainName'].map((field) => {
      const domain = textOf(bucket, field)
      return [domain, { kind: 'bucket', bucket: textOf(bucket, 'bucket'), domain, path: '' }]
    }),
  )
  return new Map([...functions, ...buckets])
}

export function readDistributions(plan: Plan): Distribution[] {
  const everywhere = readOrigins(plan)
  return resourcesOf(plan, 'distribution').map((resource) => {
    const fields = fieldsOf(resource)
    const origins = listOf(fields, 'origins').flatMap((one): [string, Origin][] => {
      // a multi-tenant distribution writes `id`
      const { id, originId = id, domainName, originPath = '' } = one as Fields
      const found = everywhere.get(String(domainName))
      // An origin that is nobody's of the plan is none: the gateway refuses what is sent there.
      if (!found) return []
      return [[String(originId), found.kind === 'bucket' ? { ...found, path: String(originPath) } : found]]
    })
    const ordered = [...listOf(fields, 'orderedCacheBehaviors'), ...listOf(fields, 'cacheBehaviors')]
    const behaviours = [...ordered, { ...blockOf(fields, 'defaultCacheBehavior'), pathPattern: '*' }].map((one) =>
      behaviour(plan, one as Fields),
    )
    return {
      id: resource.id,
      arn: textOf(resource, 'arn'),
      domainName: textOf(resource, 'domainName'),
      aliases: listOf(fields, 'aliases').map(String),
      asksForCertificates: asksForCertificates(blockOf(fields, 'viewerMtlsConfig')),
      origins: new Map(origins),
      behaviours,
    }
  })
}

/** What hosts of tenants are made of: the distributions that serve them, and where their names lead. */
export function readHosts(plan: Plan): Pick<DistributionTenantsOptions, 'distributions' | 'connectionGroups'> {
  const named = (resource: PlannedResource) => ({ id: resource.id, arn: textOf(resource, 'arn') })
  return {
    distributions: resourcesOf(plan, 'multitenantDistribution').map(named),
    connectionGroups: resourcesOf(plan, 'connectionGroup').map((group) => ({ ...named(group), target: textOf(group, 'routingEndpoint') })),
  }
}

function asksForCertificates({ mode }: Fields): boolean {
  if (mode !== undefined && mode !== 'passthrough')
    throw new TypeError(`the box knows no authorities: it does not ask for certificates by ${String(mode)}`)
  return mode === 'passthrough'
}

function behaviour(plan: Plan, fields: Fields): Behaviour {
  const functions = listOf(fields, 'functionAssociations') as readonly Fields[]
  const other = functions.find(({ eventType }) => eventType !== 'viewer-request')
  if (other) throw new TypeError(`the box runs CloudFront functions at viewer-request, not at ${other.eventType}`)
  const cache = String(fields.cachePolicyId)
  const planned = resourcesOf(plan, 'cachePolicy').find(({ id }) => id === cache)
  const policy = MANAGED_CACHE[cache] ?? (planned && cachePolicy(planned))
  if (!policy) throw new TypeError(`the box does not know the cache policy ${cache}`)
  const requestPolicy = resourcesOf(plan, 'originRequestPolicy').find(({ id }) => id === fields.originRequestPolicyId)
  const toOrigin = requestPolicy ? fieldsOf(requestPolicy) : {}
  const named = listOf(blockOf(blockOf(toOrigin, 'headersConfig'), 'headers'), 'items').map(String)
  return {
    pattern: String(fields.pathPattern),
    methods: [...listOf(blockOf(fields, 'allowedMethods'), 'items'), ...listOf(fields, 'allowedMethods')].filter(
      (one) => typeof one === 'string',
    ),
    originId: String(fields.targetOriginId),
    cache: policy,
    passes: passes(toOrigin, policy),
    viewerFacts: [...policy.headers, ...named].map((name) => name.toLowerCase()).filter((name) => name.startsWith('cloudfront-')),
    requestFunctionArn: functions[0]?.functionArn as string | undefined,
    responseHeaders: responseHeaders(plan, fields.responseHeadersPolicyId),
  }
}

/** AWS's words -> what of the viewer's goes on beside what is named. */
const BESIDE: Readonly<Record<string, 'all' | 'named'>> = {
  none: 'named',
  whitelist: 'named',
  all: 'all',
  allViewer: 'all',
  allViewerAndWhitelistCloudFront: 'all',
}

function passes(policy: Fields, cache: CachePolicy): Passes {
  const part = (kept: 'all' | readonly string[], config: string, behaviour: string, list: string): 'all' | string[] => {
    const found = blockOf(policy, config)
    const beside = BESIDE[String(found[behaviour] ?? 'none')]
    if (!beside) throw new TypeError(`the box does not know the ${behaviour} ${String(found[behaviour])}`)
    if (beside === 'all' || kept === 'all') return 'all'
    return [...kept, ...listOf(blockOf(found, list), 'items').map(String)]
  }
  const headers = part(cache.headers, 'headersConfig', 'headerBehavior', 'headers')
  return {
    headers: headers === 'all' ? headers : headers.map((name) => name.toLowerCase()),
    cookies: part(cache.cookies, 'cookiesConfig', 'cookieBehavior', 'cookies'),
    query: part(cache.query, 'queryStringsConfig', 'queryStringBehavior', 'queryStrings'),
  }
}

function cachePolicy(resource: PlannedResource): CachePolicy {
  const fields = fieldsOf(resource)
  const key = blockOf(fields, 'parametersInCacheKeyAndForwardedToOrigin')
  const listed = (config: string, behaviour: string, list: string): 'all' | string[] => {
    const found = blockOf(key, config)
    if (found[behaviour] === 'all') return 'all'
    return listOf(blockOf(found, list), 'items').map(String)
  }
  const headers = listed('headersConfig', 'headerBehavior', 'headers')
  return {
    minSeconds: Number(fields.minTtl ?? 0),
    defaultSeconds: Number(fields.defaultTtl ?? 86_400),
    maxSeconds: Number(fields.maxTtl ?? 31_536_000),
    headers: headers === 'all' ? [] : headers,
    cookies: listed('cookiesConfig', 'cookieBehavior', 'cookies'),
    query: listed('queryStringsConfig', 'queryStringBehavior', 'queryStrings'),
  }
}

function responseHeaders(plan: Plan, id: unknown): Record<string, string> {
  const policy = resourcesOf(plan, 'responseHeadersPolicy').find((one) => one.id === id)
  if (!policy) return {}
  const items = listOf(blockOf(fieldsOf(policy), 'customHeadersConfig'), 'items') as readonly Fields[]
  return Object.fromEntries(items.map(({ header, value }) => [String(header).toLowerCase(), String(value)]))
}

export type PlannedEdgeFunction = { readonly arn: string; readonly code: string; readonly storeArn: string | undefined }

export function readEdgeFunctions(plan: Plan): PlannedEdgeFunction[] {
  return resourcesOf(plan, 'edgeFunction').map((resource) => ({
    arn: textOf(resource, 'arn'),
    code: textOf(resource, 'code'),
    storeArn: listOf(fieldsOf(resource), 'keyValueStoreAssociations')[0] as string | undefined,
  }))
}

/** Store ARN -> its entries. */
export function readKeyValues(plan: Plan): Map<string, Map<string, string>> {
  const stores = new Map(resourcesOf(plan, 'keyValueStore').map((store) => [textOf(store, 'arn'), new Map<string, string>()]))
  const put = (arn: unknown, key: unknown, value: unknown) => {
    const store = stores.get(String(arn))
    if (!store) throw new TypeError(`an entry of the plan is for ${String(arn)}, which is no key-value store of it`)
    store.set(String(key), String(value))
  }
  for (const { inputs } of resourcesOf(plan, 'keyValue')) put(inputs.keyValueStoreArn, inputs.key, inputs.value)
  for (const { inputs } of resourcesOf(plan, 'keyValues'))
    for (const pair of listOf(inputs, 'resourceKeyValuePairs') as readonly Fields[]) put(inputs.keyValueStoreArn, pair.key, pair.value)
  return stores
}
