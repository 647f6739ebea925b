import { expect, test } from 'vitest'
import { keyValues, openFrontDoor } from '../../infra/front_door/run_front_door.ts'
import { describePlans, input, ofType, resource, statementsOf } from './plans.ts'

const HOST = 'mtls.id.example.com'
const WITH_DOMAIN = ['production_with_domain', 'everything_on'] as const
const WITHOUT = ['personal', 'staging', 'production'] as const

describePlans('the certificates’ host of the plan', (plans) => {
  test.each(WITHOUT)('is not there in %s, which has one host only, and no function believes in it', (stage) => {
    const plan = plans[stage]
    const distributions = ofType(plan, 'aws:cloudfront/distribution:Distribution')
    const functions = ofType(plan, 'aws:lambda/function:Function')

    expect(plan.resources.map(({ name }) => name).filter((name) => name.startsWith('Certificate'))).toEqual([])
    expect(distributions.map(({ inputs }) => inputs.viewerMtlsConfig)).toEqual([undefined])
    expect(functions.filter((made) => input(made, 'environment.variables.GATEHOUSE_CERTIFICATE_ORIGIN') !== undefined)).toEqual([])
  })

  test.each(WITH_DOMAIN)('is a distribution of its own in %s, which asks for a certificate over a protocol that can', (stage) => {
    const door = resource(plans[stage], 'CertificatesDoor')

    expect(door.inputs).toMatchObject({ aliases: [HOST], httpVersion: 'http2', viewerMtlsConfig: { mode: 'passthrough' } })
    expect(door.inputs.viewerCertificate).toMatchObject({ minimumProtocolVersion: 'TLSv1.2_2021', sslSupportMethod: 'sni-only' })
    expect(input(door, 'viewerCertificate.acmCertificateArn')).toBe(
      input(resource(plans[stage], 'Door'), 'viewerCertificate.acmCertificateArn'),
    )
    expect(input(door, 'webAclId')).toBe(input(resource(plans[stage], 'Door'), 'webAclId'))
  })

  test.each(WITH_DOMAIN)('keeps nothing, reads only, and passes on nothing of a visitor but the certificate, in %s', (stage) => {
    const plan = plans[stage]
    const door = resource(plan, 'CertificatesDoor')
    const policy = resource(plan, 'CertificateAndOurWords')

    expect(door.inputs.orderedCacheBehaviors).toBeUndefined()
    expect(door.inputs.defaultCacheBehavior).toMatchObject({
      // CloudFront's own policy that keeps nothing: the only one that it takes in this mode
      cachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad',
      originRequestPolicyId: policy.id,
      viewerProtocolPolicy: 'https-only',
      allowedMethods: ['GET', 'HEAD', 'OPTIONS'],
    })
    expect(input(policy, 'headersConfig.headers.items')).toEqual([
      'Client-Cert',
      'CloudFront-Viewer-Cert-Present',
      ...['door', 'tenant', 'base-path', 'origin', 'ip', 'certificate'].map((name) => `x-gatehouse-${name}`),
    ])
    expect(input(policy, 'cookiesConfig.cookieBehavior')).toBe('none')
    expect(input(policy, 'queryStringsConfig.queryStrings.items')).toEqual(['handover', 'again'])
  })

  test.each(WITH_DOMAIN)('may read no file: not the bucket that it names, in %s', (stage) => {
    const plan = plans[stage]
    const [own, ...allowed] = [resource(plan, 'CertificatesDoor'), ...statementsOf(resource(plan, 'AssetsPolicy').inputs.policy)]

    expect(JSON.stringify(allowed)).toContain(resource(plan, 'Door').outputs.arn)
    expect(JSON.stringify(allowed)).not.toContain(own.outputs.arn)
  })

  test.each(WITH_DOMAIN)('has records that stand before those of all tenants, and every door knows its name, in %s', (stage) => {
    const plan = plans[stage]
    const { domainName } = resource(plan, 'CertificatesDoor').outputs

    for (const type of ['A', 'AAAA'])
      expect(resource(plan, `Certificates${type}`).inputs).toMatchObject({ name: HOST, type, aliases: [{ name: domainName }] })
    for (const made of ofType(plan, 'aws:lambda/function:Function')) {
      const told = input(made, 'environment.variables.GATEHOUSE_CERTIFICATE_ORIGIN')
      if (input(made, 'environment.variables.GATEHOUSE_BASE_DOMAIN') !== undefined) expect(told, made.name).toBe(`https://${HOST}`)
    }
  })

  test.each(WITH_DOMAIN)(
    'leads its one path to the function authorize, and the other front door leads nobody there, in %s',
    async (stage) => {
      const plan = plans[stage]
      const entries = Object.fromEntries(
        ofType(plan, 'aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey').map(({ inputs }) => [String(inputs.key), String(inputs.value)]),
      )
      const ask = (name: string, host: string, uri: string) =>
        openFrontDoor(
          String(resource(plan, name).inputs.code),
          keyValues(entries),
        )({
          distributionDomainName: 'd1.cloudfront.net',
          ip: '203.0.113.7',
          request: { method: 'GET', uri, headers: { host: { value: host } } },
        })
      const authorize = JSON.parse(String(entries.door)).origins.authorize

      expect(await ask('CertificatesFunction', HOST, '/t/acme/certificate')).toMatchObject({ origin: { domainName: authorize } })
      expect(await ask('CertificatesFunction', HOST, '/t/acme/login')).toMatchObject({ statusCode: 404 })
      expect(await ask('CertificatesFunction', 'acme.id.example.com', '/t/acme/certificate')).toMatchObject({ statusCode: 404 })
      expect(await ask('DoorFunction', HOST, '/t/acme/certificate')).toMatchObject({ statusCode: 404 })
      expect(await ask('DoorFunction', HOST, '/login')).toMatchObject({ statusCode: 404 })
      expect(await ask('DoorFunction', 'acme.id.example.com', '/certificate')).toMatchObject({ statusCode: 404 })
    },
  )
})
