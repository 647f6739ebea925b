import { expect, test } from 'vitest'
import { parseAddressList } from './address_list.ts'

test('networks of both families are found, by line, with what stands behind them left out', () => {
  const list = parseAddressList([
    '# a list',
    '198.51.100.0/24 ; SBL1',
    '203.0.113.7',
    '2001:db8:1::/48',
    '',
    'nonsense',
    '10.0.0.0/33',
    '0.0.0.0/0',
  ])

  expect(list.count).toBe(3)
  expect(['198.51.100.200', '203.0.113.7', '::ffff:203.0.113.7', '2001:db8:1:2::3'].map(list.has)).toEqual([true, true, true, true])
  expect(['198.51.101.1', '203.0.113.8', '2001:db8:2::1', 'nonsense', undefined].map((ip) => list.has(ip))).toEqual([
    false,
    false,
    false,
    false,
    false,
  ])
})
