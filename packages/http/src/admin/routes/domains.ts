/** `/api/v1/domains`: hosts of the tenant's own, each an issuer of its own. */
import { IamError } from '@gatehouse/core/error.ts'
import type { DomainPorts } from '@gatehouse/ports/ports.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { addDomain, listDomains, readDomain, removeDomain, type ShownDomain, verifyDomain } from '../domains.ts'
import { type AdminApp, body, describe, json } from '../route.ts'

const tag = 'Domains'
const host = z.string().min(1).max(300)
const params = z.object({ host })
const stateSchema = z.enum(['waiting_for_proof', 'creating', 'active', 'failed'])
const domainSchema = z
  .object({
    host: z.string(),
    issuer: z.string(),
    state: stateSchema,
    because: z.string().optional().describe('Of one that failed'),
    prove_until: z.string().optional().describe('ISO 8601; of one that waits for its proof'),
    created_at: z.string().describe('ISO 8601'),
    records: z
      .array(
        z.object({
          type: z.enum(['TXT', 'CNAME']),
          name: z.string(),
          value: z.string(),
          found: z.boolean().optional().describe('Whether DNS says so now; in the answer to a verification'),
        }),
      )
      .describe('What the host’s DNS has to say, and go on saying'),
  })
  .openapi('Domain')

export function domainRoutes(app: AdminApp): void {
  app.openapi(
    describe('tenant:read', {
      method: 'get',
      path: '/api/v1/domains',
      summary: 'List the domains of this tenant',
      tag,
      responses: { 200: json(z.object({ domains: z.array(domainSchema.omit({ records: true })) }), 'All domains') },
    }),
    async (c) => {
      const domains = await listDomains(c.env.here)
      return c.json({ domains: domains.map((domain) => shown(c, { domain, records: [] })).map(({ records, ...rest }) => rest) }, 200)
    },
  )

  app.openapi(
    describe('tenant:read', {
      method: 'get',
      path: '/api/v1/domains/{host}',
      summary: 'Read a domain, with the records that it needs',
      tag,
      request: { params },
      responses: { 200: json(domainSchema, 'The domain') },
    }),
    async (c) => c.json(shown(c, await readDomain(c.env.here, portsOf(c), c.req.valid('param').host)), 200),
  )

  app.openapi(
    describe('tenant:write', {
      method: 'post',
      path: '/api/v1/domains',
      summary: 'Add a domain: the answer says which records its DNS has to have',
      tag,
      request: { body: body(z.strictObject({ host }), 'The host, such as login.acme.example') },
      responses: { 201: json(domainSchema, 'Added; nothing is served before its records were found') },
    }),
    async (c) => c.json(shown(c, await addDomain(c.env.here, portsOf(c), c.req.valid('json').host)), 201),
  )

  app.openapi(
    describe('tenant:write', {
      method: 'post',
      path: '/api/v1/domains/{host}/verification',
      summary: 'Look the records up, and go on: to be repeated until the domain is active',
      tag,
      request: { params },
      responses: { 200: json(domainSchema, 'The domain as it stands now; `found` says what is missing') },
    }),
    async (c) => c.json(shown(c, await verifyDomain(c.env.here, portsOf(c), c.req.valid('param').host)), 200),
  )

  app.openapi(
    describe('tenant:write', {
      method: 'delete',
      path: '/api/v1/domains/{host}',
      summary: 'Remove a domain: what was issued there ends',
      tag,
      request: { params },
      responses: { 204: { description: 'Removed; nothing is served there any more' } },
    }),
    async (c) => {
      await removeDomain(c.env.here, portsOf(c), c.req.valid('param').host)
      return c.body(null, 204)
    },
  )
}

function portsOf(c: HouseContext): DomainPorts {
  const { domains } = c.env.house
  if (!domains) throw new IamError('unavailable', 'this house has no front door for other hosts than its own')
  return domains
}

function shown(c: HouseContext, { domain, records }: ShownDomain) {
  const { host, state, createdAt } = domain
  return {
    host,
    issuer: c.env.house.addresses.at(c.env.here.tenant.id, host).issuer,
    state: state.kind,
    ...(state.kind === 'failed' ? { because: state.because } : {}),
    ...(state.kind === 'waiting_for_proof' ? { prove_until: new Date(state.until).toISOString() } : {}),
    created_at: new Date(createdAt).toISOString(),
    records: [...records],
  }
}
