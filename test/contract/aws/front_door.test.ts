/** CloudFront's front door for hosts of tenants: what is asked of CloudFront and of its key-value store, in which order. */
import { openCloudFrontDoor } from '@gatehouse/adapters/cloudfront/open_cloudfront_door.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type CloudFrontModel, openCloudFrontModel } from './cloudfront_model.ts'

const HOST = 'login.acme.example'
const TARGET = 'd111.cloudfront.net'
let aws: CloudFrontModel

beforeEach(async () => {
  aws = await openCloudFrontModel()
})
afterEach(() => aws.close())

const open = () =>
  openCloudFrontDoor({
    access: aws.access,
    distribution: 'E123',
    connectionGroup: 'cg_1',
    target: TARGET,
    keyValueStore: 'arn:aws:cloudfront::123456789012:key-value-store/0a1b',
  })

test('a host gets a distribution tenant with a certificate of its own, and last the key that lets it in', async () => {
  await open().add(HOST, 'acme')

  expect(aws.tenants.get(HOST)).toMatchObject({ enabled: true, distribution: 'E123', connectionGroup: 'cg_1', domain: HOST })
  expect(aws.values.get(`host:${HOST}`)).toBe('acme')
  expect(aws.calls.filter((call) => !call.startsWith('GET'))).toEqual([
    'POST /2020-05-31/distribution-tenant',
    `PUT /key-value-stores/arn%3Aaws%3Acloudfront%3A%3A123456789012%3Akey-value-store%2F0a1b/keys/host%3A${HOST}`,
  ])
})

test('adding it again changes nothing; for another tenant it is that one’s', async () => {
  const door = open()
  for (const tenant of ['acme', 'acme', 'other']) await door.add(HOST, tenant)

  expect(aws.tenants.size).toBe(1)
  expect(aws.values.get(`host:${HOST}`)).toBe('other')
  expect(aws.calls.filter((call) => call.startsWith('PUT /key-value'))).toHaveLength(2)
})

test('it is active once the certificate was issued, put on it, and the edge told', async () => {
  const door = open()
  expect(await door.state(HOST)).toEqual({ kind: 'absent' })
  await door.add(HOST, 'acme')

  expect(await door.state(HOST)).toEqual({ kind: 'creating' })
  aws.certificate = 'issued'
  expect(await door.state(HOST)).toEqual({ kind: 'creating' })
  expect(aws.tenants.get(HOST)).toMatchObject({ certificate: 'arn:aws:acm:us-east-1:1:certificate/c', enabled: true })
  aws.deploy()
  expect(await door.state(HOST)).toEqual({ kind: 'active' })
})

test('a certificate that cannot be had is told, with what to look at', async () => {
  const door = open()
  await door.add(HOST, 'acme')
  aws.certificate = 'validation-timed-out'

  expect(await door.state(HOST)).toEqual({ kind: 'failed', because: expect.stringContaining(TARGET) })
})

test('removing takes the key first; what CloudFront gives up only later lies there shut, and serves again when it is added again', async () => {
  const door = open()
  await door.add(HOST, 'acme')
  aws.deploy()
  aws.calls.length = 0

  await door.remove(HOST, 'acme')

  expect(aws.values.size).toBe(0)
  expect(aws.calls.find((call) => !call.startsWith('GET'))).toMatch(/^DELETE \/key-value-stores/)
  expect(aws.tenants.get(HOST)).toMatchObject({ enabled: false })
  aws.deploy()
  await door.remove(HOST, 'acme')
  expect(aws.tenants.size).toBe(0)
  await door.remove(HOST, 'acme')

  await door.add(HOST, 'other')
  await door.remove(HOST, 'other')
  await door.add(HOST, 'other')
  expect(aws.tenants.get(HOST)).toMatchObject({ enabled: true })
})

test('a host that is another’s by now is not taken from it', async () => {
  const door = open()
  await door.add(HOST, 'acme')
  await door.add(HOST, 'other')

  await door.remove(HOST, 'acme')

  expect(aws.values.get(`host:${HOST}`)).toBe('other')
  expect(aws.tenants.get(HOST)).toMatchObject({ enabled: true })
})

test.each([
  ['CNAMEAlreadyExists', 'conflict'],
  ['EntityLimitExceeded', 'unavailable'],
])('%s is told as %s, and the host is let in by nothing', async (refusal, told) => {
  aws.refusal = refusal

  await expect(open().add(HOST, 'acme')).rejects.toMatchObject({ code: told })

  expect(aws.values.size).toBe(0)
})

test('hosts that are added at the same moment all get their keys: who comes second reads again', async () => {
  const hosts = Array.from({ length: 4 }, (_, at) => `h${at}.acme.example`)

  await Promise.all(hosts.map((host) => open().add(host, 'acme')))

  expect([...aws.values.keys()].sort()).toEqual(hosts.map((host) => `host:${host}`))
  expect(aws.conflicts).toBeGreaterThan(0)
})
