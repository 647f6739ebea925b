import { expect, test } from 'vitest'
import { isOpen, ownPath } from './interaction.ts'

test.each(['/account', '/account/sessions', '/account?tab=consents', '/approvals/req_abc-123', '/account/approvals/req_1?view=page'])(
  '%s is a page of our own',
  (path) => {
    expect(ownPath(path)).toBe(path)
  },
)

test.each([
  undefined,
  '',
  'https://evil.example/',
  '//evil.example/account',
  '/\\evil.example',
  '/accountant',
  '/account/../oauth2/logout',
  '/account/%2e%2e/oauth2/logout',
  '/account/%2E./x',
  '/account/..',
  '/account//evil.example',
  '/account\r\nset-cookie: a=b',
  '/account#@evil.example',
  'account',
  '/oauth2/authorize?client_id=x',
  '/account/?next=https://evil.example',
])('%j is none, and leads to My Account', (path) => {
  expect(ownPath(path)).toBe('/account')
})

test('an interaction is open until its time', () => {
  const interaction = {
    id: 'int_00000000',
    issuer: 'https://a.example',
    target: { kind: 'own', path: '/account' },
    expiresAt: 100,
  } as const

  expect(isOpen(interaction, 99)).toBe(true)
  expect(isOpen(interaction, 100)).toBe(false)
})
