import { DEFAULT_POLICIES, type Tenant } from '@gatehouse/core/tenant.ts'
import { expect, test } from 'vitest'
import { cookieName, interactionCookieName } from './cookies.ts'

const tenant: Tenant = {
  id: 'acme',
  display_name: 'Acme',
  locales: [],
  branding: {},
  policies: DEFAULT_POLICIES,
  privacyPolicy: { version: '1', title: '', text: '', publishedAt: '' },
  active: true,
  createdAt: '',
  version: 1,
}

test('a tenant with a host of its own on https has cookies that no other host can plant', () => {
  expect(cookieName({ tenant, basePath: '', origin: 'https://acme.example' }, 'session')).toBe('__Host-gatehouse.acme.session')
})

test('a tenant below a path, or without https, cannot have them', () => {
  expect(cookieName({ tenant, basePath: '/t/acme', origin: 'https://id.example' }, 'session')).toBe('gatehouse.acme.session')
  expect(cookieName({ tenant, basePath: '', origin: 'http://localhost:9443' }, 'session')).toBe('gatehouse.acme.session')
})

test('the cookie of an interaction names it and the tenant', () => {
  expect(interactionCookieName({ tenant, basePath: '/t/acme', origin: 'http://localhost:9443' }, 'int_12345678')).toBe(
    'gatehouse.acme.interaction.int_12345678',
  )
})
