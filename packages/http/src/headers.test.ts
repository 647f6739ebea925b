import { expect, test } from 'vitest'
import { formActionOf, pageHeaders } from './headers.ts'

test.each([
  ['https://client.example/callback?x=1', 'https://client.example'],
  ['http://127.0.0.1:51234/callback', 'http://127.0.0.1:51234'],
  ['http://[::1]:51234/callback', 'http:'],
  ['com.example.app:/callback', 'com.example.app:'],
])('a form that leads to %s may go to %s', (redirectUri, source) => {
  expect(formActionOf(redirectUri)).toBe(source)
})

test('without a verified redirect URI a form goes nowhere but home', () => {
  expect(pageHeaders('abc')['content-security-policy']).toContain("form-action 'self';")
})
