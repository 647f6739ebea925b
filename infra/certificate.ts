/** The base domain's certificate and records. CloudFront takes certificates of one region only. */
import type { Door } from './door.ts'
import type { Settings } from './settings.ts'

const CLOUDFRONT_REGION = 'us-east-1'

export function createCertificate({ baseDomain, hostedZone }: Settings): $util.Output<string> | undefined {
  if (!baseDomain || !hostedZone) return undefined
  const { zoneId } = aws.route53.getZoneOutput({ name: hostedZone })
  const certificate = new aws.acm.Certificate('Certificate', {
    region: CLOUDFRONT_REGION,
    domainName: baseDomain,
    subjectAlternativeNames: [`*.${baseDomain}`],
    validationMethod: 'DNS',
  })
  // the wildcard is proved by the same record
  const proof = certificate.domainValidationOptions.apply(([first]) => {
    if (!first) throw new Error(`ACM says no record that would prove ${baseDomain}`)
    return first
  })
  const record = new aws.route53.Record('CertificateProof', {
    zoneId,
    name: proof.apply((option) => option.resourceRecordName),
    type: proof.apply((option) => option.resourceRecordType),
    records: [proof.apply((option) => option.resourceRecordValue)],
    ttl: 300,
    allowOverwrite: true,
  })
  return new aws.acm.CertificateValidation('CertificateProved', {
    region: CLOUDFRONT_REGION,
    certificateArn: certificate.arn,
    validationRecordFqdns: [record.fqdn],
  }).certificateArn
}

/** The base domain and every tenant's host below it; and the certificates' host, whose own record stands before the wildcard's. */
export function pointDomainAt({ distribution, certificates }: Pick<Door, 'distribution' | 'certificates'>, settings: Settings): void {
  const { baseDomain, hostedZone, certificateHost } = settings
  if (!baseDomain || !hostedZone) return
  const { zoneId } = aws.route53.getZoneOutput({ name: hostedZone })
  point(zoneId, 'Base', baseDomain, distribution)
  point(zoneId, 'Tenants', `*.${baseDomain}`, distribution)
  if (certificates && certificateHost) point(zoneId, 'Certificates', certificateHost, certificates)
}

function point(zoneId: $util.Output<string>, title: string, name: string, distribution: aws.cloudfront.Distribution): void {
  for (const type of ['A', 'AAAA'] as const) {
    new aws.route53.Record(`${title}${type}`, {
      zoneId,
      name,
      type,
      aliases: [{ name: distribution.domainName, zoneId: distribution.hostedZoneId, evaluateTargetHealth: false }],
    })
  }
}
