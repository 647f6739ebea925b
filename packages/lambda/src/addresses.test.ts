import { expect, test } from 'vitest'
import { addressesAt, cloudAddresses } from './addresses.ts'

const ORIGIN = 'https://d111111abcdef8.example.net'
const BASE = { origin: 'https://id.example.com', baseDomain: 'id.example.com', certificateOrigin: 'https://mtls.id.example.com' }

test('without a base domain tenants live by path', () => {
  const addresses = cloudAddresses({ origin: ORIGIN, baseDomain: undefined })

  expect(addresses.of('main')).toEqual({
    tenantId: 'main',
    issuer: `${ORIGIN}/t/main`,
    origin: ORIGIN,
    basePath: '/t/main',
    domain: undefined,
  })
  expect(addresses.find(new URL(`${ORIGIN}/t/acme/login`))?.tenantId).toBe('acme')
  expect(addresses.find(new URL(`${ORIGIN}/login`))).toBeUndefined()
})

test('below a base domain each has a host of its own, and no path form', () => {
  const addresses = cloudAddresses(BASE)

  expect(addresses.of('acme')).toEqual({
    tenantId: 'acme',
    issuer: 'https://acme.id.example.com',
    origin: 'https://acme.id.example.com',
    basePath: '',
    domain: undefined,
  })
  expect(addresses.find(new URL('https://acme.id.example.com/login'))?.tenantId).toBe('acme')
  for (const elsewhere of [
    'https://id.example.com/t/acme',
    'https://a.b.id.example.com/',
    'https://acme.id.example.com.evil.example/',
    'http://acme.id.example.com/',
  ])
    expect(addresses.find(new URL(elsewhere)), elsewhere).toBeUndefined()
})

test('a base domain may be at a port of its own', () => {
  const at = { origin: 'https://id.localhost:9443', baseDomain: 'id.localhost:9443' }
  const addresses = cloudAddresses(at)

  expect(addresses.find(new URL('https://acme.id.localhost:9443/login'))?.issuer).toBe('https://acme.id.localhost:9443')
  for (const elsewhere of ['https://acme.id.localhost/', 'https://acme.id.localhost:9444/', 'https://id.localhost:9443/'])
    expect(addresses.find(new URL(elsewhere)), elsewhere).toBeUndefined()
  expect(cloudAddresses(BASE).find(new URL('https://acme.id.example.com:8443/'))).toBeUndefined()
})

test('a request is where the front door says, and tenants are where the house has given them an address', () => {
  const origin = 'https://login.acme.example'
  const here = { tenantId: 'acme', issuer: origin, origin, basePath: '', domain: 'login.acme.example' }

  const addresses = addressesAt(here, BASE)

  expect(addresses.of('acme').issuer).toBe('https://acme.id.example.com')
  expect(addresses.at('acme', 'login.acme.example')).toEqual(here)
  expect(addresses.of('main').issuer).toBe('https://main.id.example.com')
  expect(addresses.find(new URL('https://login.acme.example/anything'))).toBe(here)
})

test('client certificates are shown at a host of their own, where there is one, and it is no tenant’s', () => {
  const origin = BASE.certificateOrigin
  const here = {
    tenantId: 'acme',
    issuer: `${origin}/t/acme`,
    origin,
    basePath: '/t/acme',
    domain: undefined,
    takesCertificates: true,
  } as const

  expect(cloudAddresses(BASE).certificateOrigin).toBe(origin)
  expect(addressesAt(here, BASE).certificateOrigin).toBe(origin)
  expect(cloudAddresses(BASE).find(new URL(`${origin}/login`))).toBeUndefined()
  expect(cloudAddresses({ origin: ORIGIN, baseDomain: undefined }).certificateOrigin).toBeUndefined()
  expect(addressesAt(here, BASE).of('acme').issuer).toBe('https://acme.id.example.com')
})
