/** Distribution tenants of CloudFront's multi-tenant distribution: one for each host, by the host's name, with a certificate that CloudFront asks for itself. */
import type { AwsAccess } from '../aws/aws_access.ts'
import { isAwsError } from '../aws/aws_error.ts'
import { openAwsCaller } from '../aws/open_aws_caller.ts'

export type DistributionTenant = {
  readonly id: string
  readonly etag: string
  readonly enabled: boolean
  /** `Deployed` or `InProgress`. */
  readonly status: string
  /** Of the host: `active` once the certificate is there. */
  readonly domainStatus: string
  readonly certificateArn: string | undefined
}
/** As ACM says it: `pending-validation`, `issued`, `failed` ... */
export type ManagedCertificate = { readonly status: string; readonly arn: string | undefined }

export type DistributionTenants = {
  find(host: string): Promise<DistributionTenant | undefined>
  create(host: string): Promise<void>
  update(tenant: DistributionTenant, host: string, change: { readonly enabled: boolean; readonly certificateArn?: string }): Promise<void>
  remove(tenant: DistributionTenant): Promise<void>
  findCertificate(host: string): Promise<ManagedCertificate | undefined>
}

export type DistributionTenantOptions = { readonly access: AwsAccess; readonly distribution: string; readonly connectionGroup: string }

const VERSION = '/2020-05-31'
const NAMESPACE = `http://cloudfront.amazonaws.com/doc${VERSION}/`
const NOT_THERE = ['EntityNotFound', 'NoSuchResource', 'NoSuchDistributionTenant'] as const

export function openDistributionTenants({ access, distribution, connectionGroup }: DistributionTenantOptions): DistributionTenants {
  // CloudFront is in no region; its calls are signed for this one.
  const call = openAwsCaller({
    access: { ...access, region: 'us-east-1' },
    service: 'CLOUDFRONT',
    timeoutMilliseconds: 8_000,
    maximumTries: 2,
  })
  const found = async <T>(work: Promise<T>): Promise<T | undefined> => {
    try {
      return await work
    } catch (error) {
      if (isAwsError(error, ...NOT_THERE)) return undefined
      throw error
    }
  }
  const xml = { 'content-type': 'application/xml' }
  const common = (host: string, certificate: string) =>
    `<ConnectionGroupId>${connectionGroup}</ConnectionGroupId>${certificate}<DistributionId>${distribution}</DistributionId><Domains><DomainItem><Domain>${host}</Domain></DomainItem></Domains>`
  const request = (host: string) =>
    `<ManagedCertificateRequest><PrimaryDomainName>${host}</PrimaryDomainName><ValidationTokenHost>cloudfront</ValidationTokenHost></ManagedCertificateRequest>`

  return {
    find: (host) =>
      found(
        call({ method: 'GET', path: `${VERSION}/distribution-tenant/${host}` }).then(({ text, headers }) => ({
          id: field(text, 'Id') ?? '',
          etag: String(headers.etag ?? ''),
          enabled: field(text, 'Enabled') === 'true',
          // The last one is the tenant's own; those of its domains stand before it.
          status: [...text.matchAll(/<Status>([^<]*)<\/Status>/g)].at(-1)?.[1] ?? '',
          domainStatus: field(between(text, 'Domains'), 'Status') ?? '',
          certificateArn: field(between(text, 'Certificate'), 'Arn'),
        })),
      ),
    async create(host) {
      const body = `<CreateDistributionTenantRequest xmlns="${NAMESPACE}">${common(host, '')}<Enabled>true</Enabled>${request(host)}<Name>${host}</Name></CreateDistributionTenantRequest>`
      await call({ path: `${VERSION}/distribution-tenant`, headers: xml, body })
    },
    async update({ id, etag }, host, { enabled, certificateArn }) {
      const certificate =
        certificateArn === undefined ? '' : `<Customizations><Certificate><Arn>${certificateArn}</Arn></Certificate></Customizations>`
      const body = `<UpdateDistributionTenantRequest xmlns="${NAMESPACE}">${common(host, certificate)}<Enabled>${enabled}</Enabled></UpdateDistributionTenantRequest>`
      await call({ method: 'PUT', path: `${VERSION}/distribution-tenant/${id}`, headers: { ...xml, 'if-match': etag }, body })
    },
    async remove({ id, etag }) {
      await call({ method: 'DELETE', path: `${VERSION}/distribution-tenant/${id}`, headers: { 'if-match': etag } })
    },
    findCertificate: (host) =>
      found(
        call({ method: 'GET', path: `${VERSION}/managed-certificate/${host}` }).then(({ text }) => ({
          status: field(text, 'CertificateStatus') ?? '',
          arn: field(text, 'CertificateArn'),
        })),
      ),
  }
}

/** What CloudFront answers is flat and holds no text of strangers but hosts, which have no letters that XML would write otherwise. */
function field(text: string, name: string): string | undefined {
  return new RegExp(`<${name}>([^<]*)</${name}>`).exec(text)?.[1]
}

function between(text: string, name: string): string {
  return new RegExp(`<${name}>(.*?)</${name}>`, 's').exec(text)?.[1] ?? ''
}
