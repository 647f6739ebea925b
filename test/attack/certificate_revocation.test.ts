/** What an authority revoked: which lists are believed, and what happens where none says anything. */
import { generateKeyPairSync } from 'node:crypto'
import type { CertificateRevocation } from '@gatehouse/core/certificate_policy.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { explicit, implicit, sequence } from '../cloud/box/gateway/der.ts'
import { type CertificateHouse, openCertificateHouse, signInByCertificate } from '../fixture/certificate_house.ts'
import { extension, type Made, makeAuthority, makeCertificate, makeList } from '../fixture/certificates.ts'
import { codeFrom } from '../fixture/factor_house.ts'

const URL = 'http://pki.example.org/people.crl'
let house: CertificateHouse
let card: Made
let stolen: Made

beforeEach(async () => {
  house = await openCertificateHouse()
  card = makeCertificate({ by: house.authority, cn: 'jo', listAddress: URL })
  stolen = makeCertificate({ by: house.authority, cn: 'jo' })
})
afterEach(() => house.close())

async function outcome(
  certificate: Made,
  revocation?: CertificateRevocation,
  authorities: readonly Made[] = [house.authority],
): Promise<unknown> {
  if (revocation) await house.certify({ names: ['subject_cn'], authorities: authorities.map(({ pem }) => pem), revocation })
  if (codeFrom(await signInByCertificate(house, house.jar(), certificate)) !== null) return 'right'
  return (await house.events('sign_in.failed')).at(-1)?.data?.because
}
const by = (...lists: string[]): CertificateRevocation => ({ lists, ifUnavailable: 'refuse' })
const serve = (der: Buffer, status = 200) => house.lists.set(URL, () => ({ status, headers: {}, body: der.toString('base64') }))

test('one that is on the list is refused, the others are not', async () => {
  const list = makeList(house.authority, [stolen])

  expect(await outcome(stolen, by(list.pem))).toBe('revoked')
  expect(await outcome(card)).toBe('right')
})

test('a list of thousands is read to its end', async () => {
  const others = Array.from({ length: 4_000 }, (_, index) => ({ ...stolen, serial: Buffer.from([0x50, index >> 8, index & 0xff]) }))
  serve(makeList(house.authority, [...others, stolen]).der)

  expect(await outcome(stolen, by(URL))).toBe('revoked')
  expect(await outcome(card)).toBe('right')
})

test('a list is fetched as bytes, once in an hour, and then anew', async () => {
  serve(makeList(house.authority, []).der)
  expect(await outcome(stolen, by(URL))).toBe('right')
  expect(house.asked).toEqual([expect.objectContaining({ url: URL, method: 'GET', answer: 'base64', maximumBytes: 1_048_576 })])

  serve(makeList(house.authority, [stolen]).der)
  expect(await outcome(stolen)).toBe('right')
  house.pass(3_601)

  expect(await outcome(stolen)).toBe('revoked')
  expect(house.asked).toHaveLength(2)
})

test('where no list answers nobody gets in, unless the tenant says so; and the address is not asked at each sign-in', async () => {
  expect(await outcome(card, by(URL))).toBe('unchecked')
  expect(await outcome(card)).toBe('unchecked')
  expect(house.asked).toHaveLength(1)
  expect(await outcome(card, { lists: [URL], ifUnavailable: 'accept' })).toBe('right')

  house.pass(61)
  serve(makeList(house.authority, []).der)

  expect(await outcome(card, by(URL))).toBe('right')
})

test('a list that cannot be fetched anew is good for as long as it says, and revokes for longer', async () => {
  const until = new Date(house.house.ports.clock.now() + 2 * 3_600_000)
  serve(makeList(house.authority, [stolen], { until }).der)
  expect(await outcome(card, by(URL))).toBe('right')

  house.lists.delete(URL)
  house.pass(3_700)
  expect(await outcome(card)).toBe('right')
  house.pass(3_700)

  expect(await outcome(card)).toBe('unchecked')
  expect(await outcome(stolen)).toBe('revoked')
})

test.each<readonly [string, (authority: Made) => string]>([
  ['of another authority', () => makeList(makeAuthority({ cn: 'Another' }), []).pem],
  [
    'by a kind of key that the authority has not',
    (authority) => makeList(authority, [], { signedBy: generateKeyPairSync('ed25519').privateKey, algorithm: 'ed25519' }).pem,
  ],
  ['of another of the same name', () => makeList(makeAuthority(), []).pem],
  ['that is out of date', (authority) => makeList(authority, [], { until: new Date(Date.UTC(2026, 0, 2)) }).pem],
  ['of the future', (authority) => makeList(authority, [], { from: new Date(Date.UTC(2027, 0, 2)) }).pem],
  ['of authorities only', (authority) => makeList(authority, [], { more: [scope(implicit(2, Buffer.from([0xff])))] }).pem],
  [
    'of the certificates of another address',
    (authority) => makeList(authority, [], { more: [scope(at('http://elsewhere.example/x.crl'))] }).pem,
  ],
])('a list %s says nothing', async (_, make) => {
  expect(await outcome(card, by(make(house.authority)))).toBe('unchecked')
})

test('a list of people, and one of the address that the certificate names, speak of it', async () => {
  const people = makeList(house.authority, [], { more: [scope(implicit(1, Buffer.from([0xff])))] }).pem
  const there = makeList(house.authority, [card], { more: [scope(at(URL))] }).pem

  expect(await outcome(card, by(people))).toBe('right')
  expect(await outcome(card, by(people, there))).toBe('revoked')
})

test('every certificate of the chain is looked up, by the list of who signed it', async () => {
  const between = makeAuthority({ cn: 'Between', by: house.authority })
  const below = makeCertificate({ by: between, cn: 'jo' })
  const [upper, lower] = [makeList(house.authority, []).pem, makeList(between, []).pem]
  const authorities = [house.authority, between]

  expect(await outcome(below, by(lower), authorities)).toBe('unchecked')
  expect(await outcome(below, by(lower, upper), authorities)).toBe('right')
  expect(await outcome(below, by(lower, makeList(house.authority, [between]).pem), authorities)).toBe('revoked')
})

test.each([
  ['one of several authorities', implicit(4, Buffer.from([0xff]))],
  ['one of some reasons', implicit(3, Buffer.from([1, 0x40]))],
])('%s is not understood, so it says nothing', async (_, said) => {
  serve(makeList(house.authority, [], { more: [scope(said)] }).der)

  expect(await outcome(card, by(URL))).toBe('unchecked')
})

describe('a list that the certificate names', () => {
  const LISTED: CertificateRevocation = { ask: 'crl', lists: [], ifUnavailable: 'refuse' }
  const said = async () => (await house.events('sign_in.failed')).at(-1)?.data?.said

  test('is fetched, remembered, and says who was revoked and since when', async () => {
    serve(makeList(house.authority, []).der)
    expect(await outcome(card, LISTED)).toBe('right')
    expect(house.asked).toEqual([expect.objectContaining({ url: URL, maximumBytes: 1_048_576 })])

    serve(makeList(house.authority, [card]).der)
    house.pass(3_601)
    expect(await outcome(card)).toBe('revoked')
    expect(await said()).toBe('a list from pki.example.org says that it was revoked on 2025-01-01')
    expect(await outcome(stolen)).toBe('unchecked')
    expect(await said()).toBe('it names no list')
  })

  test('is not asked for where the tenant names its own', async () => {
    expect(await outcome(card, by(makeList(house.authority, []).pem))).toBe('right')
    expect(house.asked).toEqual([])
  })

  test('is of this authority: another list in its place says nothing, and makes nobody forget what was known', async () => {
    serve(makeList(house.authority, [card], { from: new Date(Date.UTC(2025, 11, 1)) }).der)
    expect(await outcome(card, LISTED)).toBe('revoked')

    house.pass(3_601)
    serve(makeList(makeAuthority(), [], { from: new Date(Date.UTC(2026, 0, 1)) }).der)
    expect(await outcome(card)).toBe('revoked')
    house.pass(3_601)
    serve(makeList(house.authority, [], { from: new Date(Date.UTC(2025, 10, 1)) }).der)
    expect(await outcome(card)).toBe('revoked')
    house.pass(3_601)
    serve(makeList(house.authority, [], { from: new Date(Date.UTC(2025, 11, 2)) }).der)
    expect(await outcome(card)).toBe('right')
  })

  test.each<readonly [string, readonly Buffer[], string]>([
    [
      'only what changed',
      [extension('2.5.29.27', Buffer.from([2, 1, 1]), true)],
      'it says only what changed since another list (a delta CRL), which is not taken',
    ],
    [
      'several authorities',
      [scope(implicit(4, Buffer.from([0xff])))],
      'it speaks for several authorities (an indirect CRL), which is not taken',
    ],
    ['some reasons', [scope(implicit(3, Buffer.from([1, 0x40])))], 'it speaks of some reasons only, which is not taken'],
  ])('and says %s is refused in a sentence', async (_, more, why) => {
    serve(makeList(house.authority, [], { more }).der)

    expect(await outcome(card, LISTED)).toBe('unchecked')
    expect(await said()).toBe(`pki.example.org has a list that cannot be used: ${why}`)
  })

  test('is not fetched where it is of some reasons, or of another authority', async () => {
    const there = explicit(0, explicit(0, implicit(6, Buffer.from(URL))))
    const partly = sequence(there, implicit(1, Buffer.from([1, 0x40])))
    const elsewhere = sequence(there, explicit(2, explicit(4, makeAuthority({ cn: 'Another' }).name)))
    const parted = makeCertificate({ by: house.authority, cn: 'jo', more: [extension('2.5.29.31', sequence(partly, elsewhere))] })

    expect(await outcome(parted, LISTED)).toBe('unchecked')
    expect(house.asked).toEqual([])
  })
})

test('rubbish, a change to another list, and an error page say nothing, and are logged', async () => {
  for (const der of [
    Buffer.from('<html>'),
    makeList(house.authority, [], { more: [extension('2.5.29.27', Buffer.from([2, 1, 1]), true)] }).der,
  ]) {
    serve(der)
    expect(await outcome(card, by(URL))).toBe('unchecked')
    house.pass(61)
  }
  serve(makeList(house.authority, []).der, 404)
  expect(await outcome(card)).toBe('unchecked')
  expect(house.logs.filter(({ message }) => message.startsWith('a list of revoked certificates could not be'))).toHaveLength(3)
})

function scope(...content: readonly Buffer[]): Buffer {
  return extension('2.5.29.28', sequence(...content), true)
}

function at(address: string): Buffer {
  return explicit(0, explicit(0, implicit(6, Buffer.from(address))))
}
