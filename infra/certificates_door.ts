/**
 * The door at which browsers show certificates: `mtls.{base}`, a distribution of its own, since CloudFront asks a distribution's visitors for a certificate or
 * does not. It lets every certificate through ("passthrough") and says it in `Client-Cert`; who is known by one is for the tenants to say.
 */
import { ASSETS_ORIGIN, CACHING_DISABLED, KEPT_METHODS, READ_METHODS } from './door_behaviors.ts'
import { renderCertificateDoor } from './front_door/render_front_door.ts'
import { named } from './names.ts'

export type CertificatesDoorOptions = {
  readonly host: string
  readonly keyValues: aws.cloudfront.KeyValueStore
  readonly origin: { readonly domainName: $util.Input<string>; readonly originAccessControlId: $util.Input<string> }
  /** Of the base domain: it is for all labels below it. */
  readonly certificate: $util.Output<string>
  readonly firewall: $util.Output<string> | undefined
}

/** Of CloudFront's own two, and what our function says (CloudFront takes ten in one policy). Nothing else of the visitor's: no cookie, and of the query one word. */
const PASSED_ON = [
  'Client-Cert',
  'CloudFront-Viewer-Cert-Present',
  ...['door', 'tenant', 'base-path', 'origin', 'ip', 'certificate'].map((name) => `x-gatehouse-${name}`),
]

export function createCertificatesDoor({ host, keyValues, origin, certificate, firewall }: CertificatesDoorOptions) {
  const viewerRequest = new aws.cloudfront.Function('CertificatesFunction', {
    name: named('certificates'),
    runtime: 'cloudfront-js-2.0',
    comment: named('certificates'),
    publish: true,
    keyValueStoreAssociations: [keyValues.arn],
    code: renderCertificateDoor({ root: $cli.paths.root, host }),
  })
  return new aws.cloudfront.Distribution('CertificatesDoor', {
    comment: named('certificates'),
    enabled: true,
    isIpv6Enabled: true,
    // no certificate is asked for over HTTP/3
    httpVersion: 'http2',
    priceClass: 'PriceClass_100',
    aliases: [host],
    // the function sends every request elsewhere or answers it, and this bucket lets this distribution read nothing
    origins: [{ ...origin, originId: ASSETS_ORIGIN }],
    defaultCacheBehavior: {
      targetOriginId: ASSETS_ORIGIN,
      viewerProtocolPolicy: 'https-only',
      compress: true,
      functionAssociations: [{ eventType: 'viewer-request', functionArn: viewerRequest.arn }],
      cachePolicyId: CACHING_DISABLED,
      originRequestPolicyId: certificateAndOurWords(),
      allowedMethods: READ_METHODS,
      cachedMethods: KEPT_METHODS,
    },
    viewerCertificate: { sslSupportMethod: 'sni-only', minimumProtocolVersion: 'TLSv1.2_2021', acmCertificateArn: certificate },
    viewerMtlsConfig: { mode: 'passthrough' },
    restrictions: { geoRestriction: { restrictionType: 'none' } },
    webAclId: firewall,
  })
}

function certificateAndOurWords() {
  return new aws.cloudfront.OriginRequestPolicy('CertificateAndOurWords', {
    name: named('certificate-and-our-words'),
    headersConfig: { headerBehavior: 'whitelist', headers: { items: PASSED_ON } },
    cookiesConfig: { cookieBehavior: 'none' },
    queryStringsConfig: { queryStringBehavior: 'whitelist', queryStrings: { items: ['handover', 'again'] } },
  }).id
}
