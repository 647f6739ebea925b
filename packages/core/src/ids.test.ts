import { expect, test } from 'vitest'
import { CERTIFICATE_LABEL, isFreeTenantId, isTenantId } from './ids.ts'

test.each(['main', 'a', 'acme-2', '0', 'mtls-2', 'amtls', 'x'.repeat(63)])('%s is a tenant', (text) => {
  expect(isTenantId(text)).toBe(true)
})

test.each(['', 'Main', 'a_b', '-a', 'a-', 'a.b', 'x'.repeat(64), 'a\n', CERTIFICATE_LABEL])('%j is none', (text) => {
  expect(isTenantId(text)).toBe(false)
})

test('nobody becomes a tenant by a name that programs look for below a domain, or that people take for the house’s own', () => {
  for (const taken of ['www', 'autodiscover', 'wpad', 'mta-sts', 'admin', CERTIFICATE_LABEL])
    expect(isFreeTenantId(taken), taken).toBe(false)
  for (const free of ['main', 'acme', 'www-acme']) expect(isFreeTenantId(free), free).toBe(true)
})
