import { expect, test } from 'vitest'
import { isInNetwork, isNetwork } from './network.ts'

test.each([
  ['192.0.2.1', '192.0.2.0/24', true],
  ['192.0.3.1', '192.0.2.0/24', false],
  ['192.0.2.1', '192.0.2.1', true],
  ['192.0.2.1', '0.0.0.0/0', true],
  ['::ffff:192.0.2.1', '192.0.2.0/24', true],
  ['2001:db8::1', '2001:db8::/32', true],
  ['2001:db9::1', '2001:db8::/32', false],
  ['2001:db8::1', '0.0.0.0/0', false],
  ['::1', '::1/128', true],
  ['unknown', '0.0.0.0/0', false],
])('%s in %s: %s', (ip, network, expected) => {
  expect(isInNetwork(ip, network)).toBe(expected)
})

test('an address that is not known is in no network', () => {
  expect(isInNetwork(undefined, '0.0.0.0/0')).toBe(false)
})

test.each(['192.0.2.0/24', '10.1.2.3', '2001:db8::/32', '::/0', '1:2:3:4:5:6:7:8'])('%s is a network', (text) => {
  expect(isNetwork(text)).toBe(true)
})

test.each([
  '',
  '192.0.2.0/33',
  '192.0.2/24',
  '256.0.0.1',
  '2001:db8::/129',
  '1::2::3',
  '1:2:3:4:5:6:7',
  'example.org',
  '10.0.0.0/8/8',
  '10.0.0.0/-1',
])('%j is none', (text) => {
  expect(isNetwork(text)).toBe(false)
})
