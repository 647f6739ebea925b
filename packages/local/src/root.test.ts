import { expect, test } from 'vitest'
import { localAddresses, pathAddresses } from './addresses.ts'
import { isBelowTenants, rootRedirect, withoutInsertedPath } from './root.ts'

const ORIGIN = 'http://localhost:9443'

test.each(['/', '/user-portal', '/user-portal/', '/myaccount'])('%s leads to My Account of the default tenant', (path) => {
  expect(rootRedirect(new Request(ORIGIN + path), '/t/main')?.headers.get('location')).toBe('/t/main/account')
})

test('nothing else at the root is redirected, and no form is', () => {
  expect(rootRedirect(new Request(`${ORIGIN}/t/main/login`), '/t/main')).toBeUndefined()
  expect(rootRedirect(new Request(`${ORIGIN}/user-portal`, { method: 'POST' }), '/t/main')).toBeUndefined()
})

test('metadata asked for at the root with the path inserted is the issuer’s own (RFC 8414 section 3.1)', () => {
  const asked = withoutInsertedPath(new Request(`${ORIGIN}/.well-known/oauth-authorization-server/t/acme`))

  expect(asked.url).toBe(`${ORIGIN}/t/acme/.well-known/oauth-authorization-server`)
})

test('the issuer is the operator’s origin, whatever the Host header says', () => {
  const addresses = pathAddresses('https://id.example.org')

  expect(addresses.find(new URL('http://evil.example/t/main/login'))?.issuer).toBe('https://id.example.org/t/main')
})

test.each(['/t/', '/t/UPPER/login', '/t/a_b', '/t/-a', '/x/main', '/t/..%2f'])('%s is no tenant’s address', (path) => {
  expect(pathAddresses(ORIGIN).find(new URL(ORIGIN + path))).toBeUndefined()
})

test('a tenant’s address is told from the root’s own', () => {
  const below = (path: string) => isBelowTenants(new Request(ORIGIN + path))

  expect(['/t/main', '/t/main/login?a=/t/', '/t/'].map(below)).toEqual([true, true, true])
  expect(['/', '/user-portal', '/t', '/_dev/inbox?to=/t/main', '/.well-known/openid-configuration/t/main'].map(below)).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})

test('client certificates are shown at an origin of their own, and nowhere else', () => {
  const certificateOrigin = 'https://localhost:9444'
  const addresses = localAddresses({ origin: ORIGIN, certificateOrigin, findTenantOfHost: () => undefined })
  const at = (url: string) => addresses.find(new URL(url))

  expect(at(`${certificateOrigin}/t/main/certificate`)).toMatchObject({ takesCertificates: true, issuer: `${certificateOrigin}/t/main` })
  expect(at(`${ORIGIN}/t/main/certificate`)).toMatchObject({ issuer: `${ORIGIN}/t/main` })
  expect(at(`${ORIGIN}/t/main/certificate`)).not.toHaveProperty('takesCertificates')
})
