import { expect, test } from 'vitest'
import { networkLockedUntil, networkOf } from './network_delay.ts'

test('delays of a network begin late, grow, and end', () => {
  const delays = [49, 50, 59, 60, 70, 500].map((failures) => networkLockedUntil('192.0.2.1', failures, 1000))

  expect(delays).toEqual([0, 1015, 1015, 1030, 1060, 1900])
})

test('a proxy on the same machine is a crowd', () => {
  expect(networkLockedUntil('127.0.0.1', 999, 1000)).toBe(0)
  expect(networkLockedUntil(networkOf('::1'), 999, 1000)).toBe(0)
  expect(networkLockedUntil('127.0.0.1', 1000, 1000)).toBe(1015)
})

test.each([
  ['192.0.2.7', '192.0.2.7'],
  ['::ffff:192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
  ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  [undefined, 'unknown'],
])('%s is of the network %s', (ip, network) => {
  expect(networkOf(ip)).toBe(network)
})
