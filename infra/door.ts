/**
 * The front door: CloudFront, our function in it, and the store that the function asks. The function sends each request on to the
 * address of the one function that serves it, or answers it itself.
 */
import { createCertificatesDoor } from './certificates_door.ts'
import { ASSETS_ORIGIN, type Behavior, createBehaviors, KEPT_METHODS } from './door_behaviors.ts'
import type { DoorSecrets } from './door_secret.ts'
import { renderFrontDoor } from './front_door/render_front_door.ts'
import { DOOR_FUNCTIONS, type DoorFunction, KEPT_WARM } from './function_table.ts'
import { type Given, isOn } from './functions.ts'
import { named } from './names.ts'
import { keepWarm } from './provisioned_concurrency.ts'
import type { Settings } from './settings.ts'

export const DEFAULT_TENANT = 'main'

export type Door = {
  readonly distribution: aws.cloudfront.Distribution
  /** Where browsers show certificates: `mtls.{baseDomain}`. */
  readonly certificates: aws.cloudfront.Distribution | undefined
  /** For hosts that tenants bring: each is a distribution tenant of it, made while the house runs, once its owner has proved it. */
  readonly hosts: aws.cloudfront.MultitenantDistribution | undefined
  /** Where their CNAME records lead. */
  readonly hostsGroup: aws.cloudfront.ConnectionGroup | undefined
  readonly keyValues: aws.cloudfront.KeyValueStore
}

export type DoorFunctions = Readonly<Record<DoorFunction, sst.aws.Function>>

export type DoorOptions = {
  readonly settings: Settings
  readonly assets: aws.s3.Bucket
  readonly certificate: $util.Output<string> | undefined
  readonly firewall: $util.Output<string> | undefined
}

export function createDoor({ settings, assets, certificate, firewall }: DoorOptions): Door {
  const { baseDomain = '' } = settings
  const keyValues = new aws.cloudfront.KeyValueStore('DoorValues', { name: named('door'), comment: 'host -> tenant, function -> address' })
  const viewerRequest = new aws.cloudfront.Function('DoorFunction', {
    name: named('door'),
    runtime: 'cloudfront-js-2.0',
    comment: named('door'),
    publish: true,
    keyValueStoreAssociations: [keyValues.arn],
    code: renderFrontDoor({ root: $cli.paths.root, baseDomain, defaultTenant: DEFAULT_TENANT }),
  })
  const access = new aws.cloudfront.OriginAccessControl('AssetsAccess', {
    name: named('assets'),
    originAccessControlOriginType: 's3',
    signingBehavior: 'always',
    signingProtocol: 'sigv4',
  })
  const behaviors = createBehaviors(viewerRequest)
  const origin = { domainName: assets.bucketRegionalDomainName, originAccessControlId: access.id }
  const proved = { sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021' }

  const distribution = new aws.cloudfront.Distribution('Door', {
    comment: named('door'),
    enabled: true,
    isIpv6Enabled: true,
    httpVersion: 'http2and3',
    priceClass: 'PriceClass_100',
    aliases: baseDomain ? [baseDomain, `*.${baseDomain}`] : [],
    origins: [{ ...origin, originId: ASSETS_ORIGIN }],
    defaultCacheBehavior: flat(behaviors.byDefault),
    orderedCacheBehaviors: behaviors.byPattern.map((behavior) => ({ ...flat(behavior), pathPattern: behavior.pathPattern })),
    viewerCertificate: certificate ? { ...proved, acmCertificateArn: certificate } : { cloudfrontDefaultCertificate: true },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    webAclId: firewall,
  })
  const hosts = certificate
    ? new aws.cloudfront.MultitenantDistribution('HostsDoor', {
        comment: named('hosts'),
        enabled: true,
        httpVersion: 'http2and3',
        origins: [{ ...origin, id: ASSETS_ORIGIN }],
        defaultCacheBehavior: nested(behaviors.byDefault),
        cacheBehaviors: behaviors.byPattern.map((behavior) => ({ ...nested(behavior), pathPattern: behavior.pathPattern })),
        tenantConfig: {},
        viewerCertificate: { ...proved, acmCertificateArn: certificate },
        restrictions: { geoRestriction: { restrictionType: 'none' } },
        webAclId: firewall,
      })
    : undefined
  const hostsGroup = hosts
    ? new aws.cloudfront.ConnectionGroup('HostsGroup', { name: named('hosts'), enabled: true, ipv6Enabled: true })
    : undefined
  const certificates =
    certificate && settings.certificateHost
      ? createCertificatesDoor({ host: settings.certificateHost, keyValues, origin, certificate, firewall })
      : undefined
  return { distribution, certificates, hosts, hostsGroup, keyValues }
}

/** Where the functions are, and what is said to them. Written last: by then every function takes the secret. */
export function openDoor(given: Given, { keyValues }: Door, functions: DoorFunctions, secrets: DoorSecrets): void {
  const warm = isOn('provisioned_concurrency', given) ? KEPT_WARM : []
  const addresses = DOOR_FUNCTIONS.map((name) => (warm.includes(name) ? keepWarm(name, functions[name]) : functions[name].url))
  const hosts = $resolve(addresses).apply((urls) =>
    Object.fromEntries(DOOR_FUNCTIONS.map((name, index) => [name, new URL(urls[index] ?? '').host])),
  )
  new aws.cloudfront.KeyvaluestoreKey(
    'DoorKey',
    {
      keyValueStoreArn: keyValues.arn,
      key: 'door',
      value: $util.secret($resolve([secrets.current, hosts]).apply(([secret, origins]) => JSON.stringify({ secret, origins }))),
    },
    { dependsOn: DOOR_FUNCTIONS.map((name) => functions[name].nodes.function) },
  )
}

/** The two kinds of distribution say the same in different words. */
function flat({ methods, ...behavior }: Behavior) {
  return { ...behavior, allowedMethods: methods, cachedMethods: KEPT_METHODS }
}

function nested({ methods, ...behavior }: Behavior) {
  return { ...behavior, allowedMethods: { items: methods, cachedMethods: KEPT_METHODS } }
}
