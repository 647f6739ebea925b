import fc from 'fast-check'
import { expect, test } from 'vitest'
import { challengeName, parseHost } from './domain.ts'

const TAKEN = ['id.example.org']

test.each([
  ['login.acme.example', 'login.acme.example'],
  ['LOGIN.Acme.Example', 'login.acme.example'],
  [' login.acme.example. ', 'login.acme.example'],
  ['bücher.example', 'xn--bcher-kva.example'],
  ['xn--bcher-kva.example', 'xn--bcher-kva.example'],
  ['ｌｏｇｉｎ.acme.example', 'login.acme.example'],
  ['login。acme。example', 'login.acme.example'],
  ['a-b.1.co', 'a-b.1.co'],
])('%j is the host %s', (typed, host) => {
  expect(parseHost(typed, TAKEN)).toEqual({ host })
})

test.each([
  '',
  '.',
  '..',
  'acme',
  '*.acme.example',
  'login.acme.example:443',
  'https://login.acme.example',
  'login.acme.example/',
  'a@login.acme.example',
  'login.acme.example?x',
  'login.acme.example#x',
  'login%2eacme.example',
  'log in.acme.example',
  'login..acme.example',
  '.acme.example',
  '-a.example',
  'a-.example',
  'a_b.example',
  '127.0.0.1',
  '127.1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  '1.2.3',
  '[::1]',
  '::1',
  '10.0.0.0x1',
  'login.acme.example\u0000',
  'login.acme.example\n.evil.example',
  `${'a'.repeat(64)}.example`,
  `${'a.'.repeat(70)}example`,
])('%j is no host', (typed) => {
  expect(parseHost(typed, TAKEN)).toEqual({ problem: 'not_a_host' })
})

test.each([
  'id.example.org',
  'acme.id.example.org',
  'ID.EXAMPLE.ORG.',
  'a.b.id.example.org',
  'x.localhost',
  'printer.local',
  'db.internal',
  'd111.cloudfront.net',
  'x.lambda-url.eu-central-1.on.aws',
  'x.s3.amazonaws.com',
  'mtls.id.example.org',
  '1.0.0.127.in-addr.arpa',
  'ｉｄ.example.org',
])('%j is reserved', (typed) => {
  expect(parseHost(typed, TAKEN)).toEqual({ problem: 'reserved' })
})

test('a name that only ends like ours is another’s', () => {
  expect(parseHost('notid.example.org', TAKEN)).toEqual({ host: 'notid.example.org' })
})

test('whatever is typed: a host has one spelling, which is its own', () => {
  fc.assert(
    fc.property(fc.oneof(fc.domain(), fc.string(), fc.webUrl()), (typed) => {
      const first = parseHost(typed, TAKEN)
      if ('problem' in first) return
      expect(parseHost(first.host, TAKEN)).toEqual(first)
      expect(new URL(`https://${first.host}/`).host).toBe(first.host)
      expect(challengeName(first.host).length).toBeLessThanOrEqual(253)
    }),
  )
})
