import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isApplicationOrigin, isRegisteredRedirectUri, originOf } from './redirect_uri.ts'

const web = { application_type: 'web', redirect_uris: ['https://app.example/callback', 'http://127.0.0.1/callback'] } as const
const native = {
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/callback', 'http://localhost:3000/x?y=1', 'com.example.app:/callback'],
} as const

test('a registered address is one to the character', () => {
  expect(isRegisteredRedirectUri(web, 'https://app.example/callback')).toBe(true)
  for (const odd of [
    'https://app.example/callback/',
    'https://APP.example/callback',
    'https://app.example:443/callback',
    'https://app.example/callback?',
    'https://app.example/%63allback',
  ]) {
    expect(isRegisteredRedirectUri(web, odd), odd).toBe(false)
  }
})

test('the port of a native loopback address is free, the rest is not', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 65_535 }), (port) => {
      expect(isRegisteredRedirectUri(native, `http://127.0.0.1:${port}/callback`)).toBe(true)
      expect(isRegisteredRedirectUri(native, `http://localhost:${port}/x?y=1`)).toBe(true)
      expect(isRegisteredRedirectUri(native, `http://localhost:${port}/callback`)).toBe(false)
      expect(isRegisteredRedirectUri(web, `http://127.0.0.1:${port}/callback`)).toBe(false)
    }),
  )
})

test('nothing that a browser would send elsewhere passes for loopback', () => {
  fc.assert(
    fc.property(
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.constantFrom('', '@', ':80@', '#', '/..//'),
      (elsewhere, joint) => {
        for (const uri of [elsewhere, `http://127.0.0.1${joint}${elsewhere.slice('http://'.length)}/callback`]) {
          if (isRegisteredRedirectUri(native, uri)) expect(new URL(uri).hostname).toBe('127.0.0.1')
        }
      },
    ),
    { numRuns: 40 },
  )
})

test('an application owns the origins of its redirect URIs; a private scheme has none', () => {
  expect(isApplicationOrigin(web, 'https://app.example')).toBe(true)
  expect(isApplicationOrigin(web, 'https://app.example.attacker.example')).toBe(false)
  expect(isApplicationOrigin(native, 'null')).toBe(false)
  expect(originOf('com.example.app:/callback')).toBeUndefined()
})
