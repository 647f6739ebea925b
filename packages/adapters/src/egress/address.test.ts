import { expect, test } from 'vitest'
import { isLoopbackAddress, isPublicAddress } from './address.ts'

const PUBLIC = ['1.1.1.1', '8.8.8.8', '172.32.0.1', '192.167.255.255', '2606:4700:4700::1111', '2a00:1450:4001:80b::200e']
const INNER = [
  '0.0.0.0',
  '10.1.2.3',
  '100.64.0.1',
  '127.0.0.1',
  '127.255.255.254',
  '169.254.169.254',
  '169.254.170.2',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.0.1',
  '198.18.0.1',
  '224.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:8.8.8.8',
  '::127.0.0.1',
  '64:ff9b::7f00:1',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '2001::1',
  '2001:db8::1',
  '2002:7f00:1::',
  'fe80::1%eth0',
  'localhost',
  '',
]

test.each(PUBLIC)('%s is public', (address) => {
  expect(isPublicAddress(address)).toBe(true)
})

test.each(INNER)('%s is not', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test('loopback is all of 127/8 and ::1, and nothing mapped', () => {
  expect(['127.0.0.1', '127.9.9.9', '::1'].map(isLoopbackAddress)).toEqual([true, true, true])
  expect(['::ffff:127.0.0.1', '10.0.0.1', '1.1.1.1'].map(isLoopbackAddress)).toEqual([false, false, false])
})
