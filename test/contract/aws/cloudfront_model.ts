/** CloudFront's distribution tenants and key-value store on loopback, as far as hosts of tenants need them: states, entity tags, refusals. Unsigned calls are refused. */
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AwsAccess } from '@gatehouse/adapters/aws/aws_access.ts'

type Tenant = {
  id: string
  etag: string
  domain: string
  distribution: string
  connectionGroup: string
  enabled: boolean
  status: 'InProgress' | 'Deployed'
  certificate: string | undefined
}

export type CloudFrontModel = {
  readonly access: AwsAccess
  /** `METHOD path`. */
  readonly calls: string[]
  readonly tenants: Map<string, Tenant>
  readonly values: Map<string, string>
  certificate: string
  /** The code that a new tenant is refused with. */
  refusal: string | undefined
  /** Writes of the store that came second. */
  conflicts: number
  /** The edge has been told of everything. */
  deploy(): void
  close(): Promise<void>
}

type Reply = { readonly status: number; readonly body?: string; readonly etag?: string }

export async function openCloudFrontModel(): Promise<CloudFrontModel> {
  let etags = 0
  let storeTag = 'store-0'
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks).toString()
    model.calls.push(`${request.method} ${request.url}`)
    const {
      status,
      body: text = '',
      etag,
    } = isSigned(request) ? answer(request, body) : { status: 403, body: code('SignatureDoesNotMatch') }
    response.writeHead(status, etag === undefined ? {} : { etag }).end(text)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`

  const fresh = () => `etag-${++etags}`
  const byId = (id: string) => [...model.tenants.values()].find((tenant) => tenant.id === id || tenant.domain === id)

  function answer(request: IncomingMessage, body: string): Reply {
    const path = request.url ?? ''
    return path.startsWith('/key-value-stores/') ? storeAnswer(request, path, body) : tenantAnswer(request, path, body)
  }

  function storeAnswer({ method, headers }: IncomingMessage, path: string, body: string): Reply {
    const key = decodeURIComponent(/\/keys\/([^/]+)$/.exec(path)?.[1] ?? '')
    if (key === '') return { status: 200, body: '{}', etag: storeTag }
    const value = model.values.get(key)
    if (method === 'GET')
      return value === undefined
        ? { status: 404, body: '{"__type":"ResourceNotFoundException"}' }
        : { status: 200, body: JSON.stringify({ Key: key, Value: value }) }
    if (headers['if-match'] !== storeTag) {
      model.conflicts++
      return { status: 409, body: '{"__type":"ConflictException"}' }
    }
    storeTag = `store-${++etags}`
    if (method === 'DELETE') model.values.delete(key)
    else model.values.set(key, (JSON.parse(body) as { Value: string }).Value)
    return { status: 200, body: '{}', etag: storeTag }
  }

  function tenantAnswer({ method, headers }: IncomingMessage, path: string, body: string): Reply {
    const [, , noun = '', id = ''] = path.split('/')
    const tenant = byId(id)
    if (method === 'POST') return create(body)
    if (!tenant) return { status: 404, body: code('EntityNotFound') }
    if (noun === 'managed-certificate')
      return {
        status: 200,
        body: `<ManagedCertificateDetails><CertificateArn>arn:aws:acm:us-east-1:1:certificate/c</CertificateArn><CertificateStatus>${model.certificate}</CertificateStatus></ManagedCertificateDetails>`,
      }
    if (method === 'GET') return { status: 200, body: render(tenant), etag: tenant.etag }
    if (headers['if-match'] !== tenant.etag) return { status: 412, body: code('PreconditionFailed') }
    if (method === 'DELETE') {
      if (tenant.enabled || tenant.status !== 'Deployed') return { status: 409, body: code('ResourceNotDisabled') }
      model.tenants.delete(tenant.domain)
      return { status: 204 }
    }
    Object.assign(tenant, { ...read(body), etag: fresh(), status: 'InProgress' })
    return { status: 200, body: render(tenant), etag: tenant.etag }
  }

  function create(body: string): Reply {
    const given = read(body)
    if (model.refusal !== undefined) return { status: 409, body: code(model.refusal) }
    if (model.tenants.has(given.domain)) return { status: 409, body: code('EntityAlreadyExists') }
    if (!body.includes('<ValidationTokenHost>cloudfront</ValidationTokenHost>')) return { status: 400, body: code('InvalidArgument') }
    const tenant: Tenant = { ...given, id: `dt_${++etags}`, etag: fresh(), status: 'InProgress' }
    model.tenants.set(given.domain, tenant)
    return { status: 201, body: render(tenant), etag: tenant.etag }
  }

  const model: CloudFrontModel = {
    access: {
      region: 'eu-central-1',
      credentials: { accessKeyId: 'AKID', secretAccessKey: 'secret' },
      endpoints: { CLOUDFRONT: url, CLOUDFRONT_KEYVALUESTORE: url },
    },
    calls: [],
    tenants: new Map(),
    values: new Map(),
    certificate: 'pending-validation',
    refusal: undefined,
    conflicts: 0,
    deploy: () => {
      for (const tenant of model.tenants.values()) tenant.status = 'Deployed'
    },
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return model
}

/** CloudFront is signed for in us-east-1; its key-value stores for every region. */
function isSigned({ url = '', headers }: IncomingMessage): boolean {
  const scope = url.startsWith('/key-value-stores/')
    ? /^AWS4-ECDSA-P256-SHA256 Credential=AKID\/\d{8}\/cloudfront-keyvaluestore\/aws4_request, /
    : /^AWS4-HMAC-SHA256 Credential=AKID\/\d{8}\/us-east-1\/cloudfront\/aws4_request, /
  return scope.test(headers.authorization ?? '')
}

function read(body: string) {
  const field = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(body)?.[1]
  return {
    domain: field('Domain') ?? '',
    distribution: field('DistributionId') ?? '',
    connectionGroup: field('ConnectionGroupId') ?? '',
    enabled: field('Enabled') === 'true',
    certificate: field('Arn'),
  }
}

function render({ id, domain, distribution, connectionGroup, enabled, status, certificate }: Tenant): string {
  const domainStatus = certificate !== undefined && status === 'Deployed' ? 'active' : 'inactive'
  const customizations =
    certificate === undefined ? '' : `<Customizations><Certificate><Arn>${certificate}</Arn></Certificate></Customizations>`
  return `<DistributionTenant><Id>${id}</Id><DistributionId>${distribution}</DistributionId><Name>${domain}</Name><Arn>arn:aws:cloudfront::1:distribution-tenant/${id}</Arn><Domains><DomainResult><Domain>${domain}</Domain><Status>${domainStatus}</Status></DomainResult></Domains>${customizations}<ConnectionGroupId>${connectionGroup}</ConnectionGroupId><Enabled>${enabled}</Enabled><Status>${status}</Status></DistributionTenant>`
}

function code(name: string): string {
  return `<ErrorResponse><Error><Code>${name}</Code><Message>no</Message></Error></ErrorResponse>`
}
