import { ROUTES } from '@gatehouse/http/front.ts'
import { expect, test } from 'vitest'
import { keyValues, openFrontDoor } from '../../infra/front_door/run_front_door.ts'
import type { Plan } from '../../infra/plan/plan.ts'
import { PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { describePlans, input, ofType, resource } from './plans.ts'

/** Design, section 7, as far as there are routes for it: each path below the issuer, and who serves it. */
const ADDRESSES: Readonly<Record<string, string>> = {
  '/.well-known/openid-configuration': 'token',
  '/.well-known/oauth-authorization-server': 'token',
  '/oauth2/authorize': 'authorize',
  '/oauth2/token': 'token',
  '/oauth2/introspect': 'token',
  '/oauth2/revoke': 'token',
  '/oauth2/userinfo': 'token',
  '/oauth2/jwks': 'token',
  '/oauth2/logout': 'authorize',
  '/login': 'authorize',
  '/password': 'authorize',
  '/recover': 'authorize',
  '/prompt': 'authorize',
  '/consent': 'consent',
  '/signup': 'register',
  '/approvals/apr_1': 'approve',
  '/account': 'account',
  '/api/v1/openapi.json': 'admin',
  '/api/v1/users': 'admin',
  '/api/v1/me': 'account',
  '/api/v1/me/approvals': 'approve',
}

describePlans('the front door of the plan', (plans) => {
  test.each(Object.entries(ADDRESSES))('leads %s to the function %s', async (path, name) => {
    for (const stage of PLANNED_STAGES) expect(await functionAt(plans[stage], path), stage).toBe(name)
  })

  test('has an address for every function that stands behind it', () => {
    expect([...new Set(Object.values(ADDRESSES))].sort()).toEqual([...new Set(ROUTES.map(({ app }) => app))].sort())
  })

  test.each(PLANNED_STAGES)('knows no origin that is not ours in %s', (stage) => {
    const plan = plans[stage]
    const buckets = ofType(plan, 'aws:s3/bucket:Bucket').map(({ outputs }) => outputs.bucketRegionalDomainName)
    const addresses = ofType(plan, 'aws:lambda/functionUrl:FunctionUrl').map(({ outputs }) => new URL(String(outputs.functionUrl)).host)

    for (const distribution of distributionsOf(plan)) {
      const origins = distribution.inputs.origins as { domainName: string; customOriginConfig?: unknown }[]
      expect(origins.map(({ domainName }) => domainName).filter((name) => !buckets.includes(name))).toEqual([])
    }
    const { origins } = JSON.parse(String(resource(plan, 'DoorKey').inputs.value))
    expect(Object.values(origins).filter((host) => !addresses.includes(String(host)))).toEqual([])
    expect(String(resource(plan, 'DoorFunction').inputs.code)).not.toMatch(/https?:\/\/[\w.-]+/)
  })

  test('says the secret that the functions take, and neither is seen in the state', () => {
    for (const stage of PLANNED_STAGES) {
      const plan = plans[stage]
      const door = resource(plan, 'DoorKey')
      const { secret } = JSON.parse(String(door.inputs.value))

      expect(door.secrets).toEqual(['value'])
      // CloudFront takes no longer one
      expect(String(door.inputs.value).length).toBeLessThan(1024)
      expect(secret.length).toBeGreaterThan(40)
      for (const made of ofType(plan, 'aws:lambda/function:Function')) {
        const accepted = input(made, 'environment.variables.GATEHOUSE_DOOR_SECRETS')
        if (accepted === undefined) continue
        expect(String(accepted).split(',')).toContain(secret)
        expect(made.secrets).toContain('environment.variables.GATEHOUSE_DOOR_SECRETS')
      }
      expect(JSON.stringify(plan.outputs)).not.toContain(secret)
      expect(String(resource(plan, 'Outputs').inputs.value)).not.toContain(secret)
    }
  })

  test('keeps keys and metadata per tenant, files for all, and nothing else', () => {
    for (const stage of PLANNED_STAGES) {
      for (const distribution of distributionsOf(plans[stage])) {
        const kept = (input(distribution, 'orderedCacheBehaviors') ?? input(distribution, 'cacheBehaviors')) as {
          pathPattern: string
          cachePolicyId: string
        }[]
        const policyOf = (id: string) => plans[stage].resources.find((one) => one.id === id)?.name
        expect(Object.fromEntries(kept.map(({ pathPattern, cachePolicyId }) => [pathPattern, policyOf(cachePolicyId)]))).toEqual({
          '/oauth2/jwks': 'KeptPerTenant',
          '/t/*/oauth2/jwks': 'KeptPerTenant',
          '/.well-known/*': 'KeptPerTenant',
          '/t/*/.well-known/*': 'KeptPerTenant',
          '/_assets/*': 'KeptForAll',
          '/account/assets/*': 'KeptForAll',
          '/t/*/account/assets/*': 'KeptForAll',
        })
        // CloudFront's own policy that keeps nothing
        expect(input(distribution, 'defaultCacheBehavior.cachePolicyId')).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad')
      }
      const key = 'parametersInCacheKeyAndForwardedToOrigin'
      expect(input(resource(plans[stage], 'KeptPerTenant'), `${key}.headersConfig.headers.items`)).toContain('x-gatehouse-tenant')
      expect(input(resource(plans[stage], 'OurWordsOnly'), 'cookiesConfig.cookieBehavior')).toBe('none')
    }
  })

  test("takes the tenants' hosts below the base domain, and those that they bring, where there is a base domain", () => {
    const door = resource(plans.production_with_domain, 'Door')

    expect(door.inputs.aliases).toEqual(['id.example.com', '*.id.example.com'])
    expect(input(door, 'viewerCertificate.minimumProtocolVersion')).toBe('TLSv1.2_2021')
    expect(resource(plans.production_with_domain, 'Certificate').inputs).toMatchObject({
      region: 'us-east-1',
      subjectAlternativeNames: ['*.id.example.com'],
    })
    expect(resource(plans.production_with_domain, 'HostsDoor').type).toBe('aws:cloudfront/multitenantDistribution:MultitenantDistribution')
    expect(plans.production.resources.map(({ name }) => name)).not.toContain('HostsDoor')
    expect(plans.production.outputs.login).toMatch(/^https:\/\/\w+\.cloudfront\.net\/t\/main\/login$/)
    expect(plans.production_with_domain.outputs.login).toBe('https://main.id.example.com/login')
  })
})

/** The plan's own code, its own entries: the function whose address the request would be sent to. */
async function functionAt(plan: Plan, path: string): Promise<string | undefined> {
  const code = String(resource(plan, 'DoorFunction').inputs.code)
  const entries = Object.fromEntries(
    ofType(plan, 'aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey').map(({ inputs }) => [String(inputs.key), String(inputs.value)]),
  )
  const generated = String(resource(plan, 'Door').outputs.domainName)
  const hasDomain = (resource(plan, 'Door').inputs.aliases as string[]).length > 0
  const verdict = await openFrontDoor(
    code,
    keyValues(entries),
  )({
    distributionDomainName: generated,
    ip: '203.0.113.7',
    request: {
      method: 'GET',
      uri: hasDomain ? path : `/t/main${path}`,
      headers: { host: { value: hasDomain ? 'main.id.example.com' : generated } },
    },
  })
  if (verdict.kind === 'answer') return `answered with ${verdict.statusCode}`
  const url = ofType(plan, 'aws:lambda/functionUrl:FunctionUrl').find(
    ({ outputs }) => outputs.functionUrl === `https://${verdict.origin?.domainName}/`,
  )
  return String(url?.inputs.functionName).replace(/^gatehouse-\w+-/, '')
}

/** Of tenants: the certificates' host has a test of its own. */
function distributionsOf(plan: Plan) {
  return [
    ...ofType(plan, 'aws:cloudfront/distribution:Distribution').filter(({ name }) => name !== 'CertificatesDoor'),
    ...ofType(plan, 'aws:cloudfront/multitenantDistribution:MultitenantDistribution'),
  ]
}
