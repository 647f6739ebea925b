/**
 * CloudFront, as far as tenants' own hosts need it: distribution tenants of the plan's multi-tenant distributions, each with a certificate that CloudFront asks
 * for itself once the host leads to it. An entity tag stands for what was seen; the edge hears of a change a moment later.
 */
import { type Api, AwsError, type Call, textOf } from '../aws/api.ts'
import { restXmlProtocol, xmlFields } from '../aws/protocols.ts'
import type { AwsResponse } from '../aws/request.ts'
import type { Need } from '../iam/authority.ts'

type Tenant = {
  readonly id: string
  readonly host: string
  readonly distribution: string
  readonly connectionGroup: string
  readonly certificate: string | undefined
  readonly enabled: boolean
  readonly etag: string
  /** Looks until the edge knows of the last change. */
  readonly pending: number
}

export type DistributionTenants = {
  /** The multi-tenant distribution that serves the host now. */
  findDistribution(host: string): string | undefined
  readonly api: Api
}

export type DistributionTenantsOptions = {
  readonly account: string
  readonly distributions: readonly { readonly id: string; readonly arn: string }[]
  readonly connectionGroups: readonly { readonly id: string; readonly arn: string; readonly target: string }[]
  /** Where a host's CNAME record leads. */
  readonly leadsTo: (host: string) => readonly string[]
}

const VERSION = '/2020-05-31'
const NAMESPACE = `http://cloudfront.amazonaws.com/doc${VERSION}/`

export function openDistributionTenants({
  account,
  distributions,
  connectionGroups,
  leadsTo,
}: DistributionTenantsOptions): DistributionTenants {
  const tenants = new Map<string, Tenant>()
  let made = 0
  const fresh = () => `E${++made}`
  const find = (word: string) => [...tenants.values()].find(({ id, host }) => id === word || host === word)
  const load = ({ input }: Call): Tenant => {
    const found = find(textOf(input, 'Identifier'))
    if (!found) throw new AwsError('EntityNotFound', 'The specified entity does not exist.', 404)
    return found
  }
  const keep = (tenant: Tenant): Tenant => {
    tenants.set(tenant.id, tenant)
    return tenant
  }
  const checkSeen = ({ request }: Call, { etag }: Tenant) => {
    if (request.headers['if-match'] !== etag) throw new AwsError('PreconditionFailed', 'The If-Match version is not the current one.', 412)
  }
  const arnOf = (id: string) => `arn:aws:cloudfront::${account}:distribution-tenant/${id}`
  const onTenant =
    (action: string) =>
    (call: Call): Need[] => [{ action: `cloudfront:${action}`, resource: arnOf(find(textOf(call.input, 'Identifier'))?.id ?? 'none') }]

  function create({ request }: Call): AwsResponse {
    const given = read(request.body.toString())
    if (!distributions.some(({ id }) => id === given.distribution) || !connectionGroups.some(({ id }) => id === given.connectionGroup))
      throw new AwsError('InvalidArgument', 'there is no such distribution, or no such connection group')
    if (find(given.host)) throw new AwsError('EntityAlreadyExists', 'The entity already exists.', 409)
    return answer(201, keep({ ...given, id: `dt_${fresh()}`, etag: fresh(), pending: 1 }))
  }

  function update(call: Call): AwsResponse {
    const before = load(call)
    checkSeen(call, before)
    const given = read(call.request.body.toString())
    return answer(200, keep({ ...before, ...given, etag: fresh(), pending: 1 }))
  }

  function remove(call: Call): AwsResponse {
    const tenant = load(call)
    checkSeen(call, tenant)
    if (tenant.enabled || tenant.pending > 0) throw new AwsError('ResourceNotDisabled', 'The specified resource is not disabled.', 409)
    tenants.delete(tenant.id)
    return { status: 204, headers: {}, body: '' }
  }

  /** CloudFront proves the host by a token that it serves there itself: so the host has to lead to it. */
  function certificateOf({ id, host, connectionGroup }: Tenant): AwsResponse {
    const target = connectionGroups.find((one) => one.id === connectionGroup)?.target ?? ''
    const proved = leadsTo(host).includes(target)
    const fields = {
      CertificateArn: `arn:aws:acm:us-east-1:${account}:certificate/${id}`,
      CertificateStatus: proved ? 'issued' : 'pending-validation',
    }
    return xml(200, `<ManagedCertificateDetails xmlns="${NAMESPACE}">${xmlFields(fields)}</ManagedCertificateDetails>`)
  }

  return {
    findDistribution(host) {
      const found = find(host)
      return found?.enabled && found.certificate !== undefined ? found.distribution : undefined
    },
    api: {
      prefix: 'cloudfront',
      protocol: restXmlProtocol(
        [
          { method: 'POST', path: new RegExp(`^${VERSION}/distribution-tenant$`), operation: 'CreateDistributionTenant' },
          { method: 'GET', path: on('distribution-tenant'), operation: 'GetDistributionTenant' },
          { method: 'PUT', path: on('distribution-tenant'), operation: 'UpdateDistributionTenant' },
          { method: 'DELETE', path: on('distribution-tenant'), operation: 'DeleteDistributionTenant' },
          { method: 'GET', path: on('managed-certificate'), operation: 'GetManagedCertificateDetails' },
        ],
        NAMESPACE,
      ),
      denial: { code: 'AccessDenied', status: 403 },
      operations: {
        CreateDistributionTenant: {
          needs: ({ request }) => {
            const { distribution, connectionGroup } = read(request.body.toString())
            const named = [...distributions, ...connectionGroups].filter(({ id }) => id === distribution || id === connectionGroup)
            return [...named.map(({ arn }) => arn), arnOf('new')].map((resource) => ({
              action: 'cloudfront:CreateDistributionTenant',
              resource,
            }))
          },
          run: create,
        },
        GetDistributionTenant: {
          needs: onTenant('GetDistributionTenant'),
          run: (call) => {
            const tenant = load(call)
            keep({ ...tenant, pending: Math.max(0, tenant.pending - 1) })
            return answer(200, tenant)
          },
        },
        UpdateDistributionTenant: { needs: onTenant('UpdateDistributionTenant'), run: update },
        DeleteDistributionTenant: { needs: onTenant('DeleteDistributionTenant'), run: remove },
        GetManagedCertificateDetails: { needs: onTenant('GetManagedCertificateDetails'), run: (call) => certificateOf(load(call)) },
      },
    },
  }
}

function on(noun: string): RegExp {
  return new RegExp(`^${VERSION}/${noun}/(?<Identifier>[^/]+)$`)
}

function read(body: string): Pick<Tenant, 'host' | 'distribution' | 'connectionGroup' | 'enabled' | 'certificate'> {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]
  return {
    host: field('Domain') ?? '',
    distribution: field('DistributionId') ?? '',
    connectionGroup: field('ConnectionGroupId') ?? '',
    enabled: field('Enabled') === 'true',
    certificate: field('Arn'),
  }
}

function answer(status: number, tenant: Tenant): AwsResponse {
  const { id, host, distribution, connectionGroup, certificate, enabled, etag, pending } = tenant
  const deployed = pending === 0
  const domain = xmlFields({ Domain: host, Status: certificate !== undefined && deployed ? 'active' : 'inactive' })
  const own =
    certificate === undefined ? '' : `<Customizations><Certificate>${xmlFields({ Arn: certificate })}</Certificate></Customizations>`
  const body = [
    xmlFields({ Id: id, DistributionId: distribution, Name: host }),
    `<Domains><DomainResult>${domain}</DomainResult></Domains>${own}`,
    xmlFields({ ConnectionGroupId: connectionGroup, Enabled: enabled, Status: deployed ? 'Deployed' : 'InProgress' }),
  ].join('')
  return xml(status, `<DistributionTenant xmlns="${NAMESPACE}">${body}</DistributionTenant>`, { etag })
}

function xml(status: number, body: string, headers: Readonly<Record<string, string>> = {}): AwsResponse {
  return { status, headers: { 'content-type': 'text/xml', ...headers }, body: `<?xml version="1.0"?>\n${body}` }
}
