/** DER, where a lenient reader would take what was not signed, or not written so: in certificates and in what authenticators say of themselves. */
import { X509Certificate } from 'node:crypto'
import { readCertificate } from '@gatehouse/identity/certificates/read_certificate.ts'
import { itemsOf, numberOf, octetsOf, readAs, readDer, taggedOf } from '@gatehouse/identity/der.ts'
import { checkModel, partsOf } from '@gatehouse/identity/passkeys/statements/certificate.ts'
import { Name, SubjectAlternativeName } from '@peculiar/asn1-x509'
import { Sequence, Set as SetOf } from 'asn1js'
import { describe, expect, test } from 'vitest'
import { der, explicit, integer, octets, sequence, set, text } from '../cloud/box/gateway/der.ts'
import { extension, makeCertificate, nameOf } from '../fixture/certificates.ts'

const hex = (text: string) => Buffer.from(text.replaceAll(' ', ''), 'hex')
const one = hex('02 01 01')
const AAGUID = Buffer.alloc(16, 7)
const AROUND: readonly ((bytes: Buffer) => Buffer)[] = [(bytes) => bytes, sequence, set, (bytes) => sequence(explicit(3, bytes), one)]

describe('of one value one spelling is taken, alone and within another', () => {
  test.each([
    ['cut off', '02 02 01'],
    ['without a length', '02'],
    ['a length in more bytes than it needs', '02 81 01 01'],
    ['a length with a zero before it', `04 82 00 80 ${'00'.repeat(128)}`],
    ['a length of no bytes that are there', '04 84 ff ff ff ff 00'],
    ['a length of nine bytes', '04 89 00 00 00 00 00 00 00 00 01 00'],
    ['the end of an indefinite length', '00 00'],
    ['an indefinite length', '30 80 02 01 01 00 00'],
    ['a string in pieces', '24 03 04 01 01'],
    ['a string in pieces of an indefinite length', '24 80 04 01 01 00 00'],
    ['a sequence that is one string', '10 03 02 01 01'],
    ['a number with others within', '22 03 02 01 01'],
    ['a tag in more bytes than it needs', 'bf 80 81 00 03 02 01 01'],
    ['a small tag written as a great one', 'bf 01 03 02 01 01'],
    ['a tag that goes on without end', 'bf ff ff'],
  ])('not %s', (_, spelling) => {
    for (const around of AROUND) expect(() => readDer(around(hex(spelling)))).toThrow()
  })

  test('not with anything after it', () => {
    for (const after of ['00', '00 00', '02 01 01']) expect(() => readDer(Buffer.concat([one, hex(after)]))).toThrow()
  })

  test('not nothing, and not what goes deeper than anybody writes', () => {
    let deep: Buffer = one
    for (let depth = 0; depth < 5_000; depth++) deep = sequence(deep)

    expect(() => readDer(Buffer.alloc(0))).toThrow()
    expect(() => readDer(deep)).toThrow('depth')
  })

  test('the longest and the shortest of each form are taken', () => {
    for (const length of [0, 1, 0x7f, 0x80, 0xff, 0x100, 0xffff, 0x1_0000])
      expect(octetsOf(readDer(octets(Buffer.alloc(length))))).toHaveLength(length)
    for (const [tag, number] of [
      ['be', 30],
      ['bf 1f', 31],
      ['bf 7f', 127],
      ['bf 81 00', 128],
      ['bf 84 58', 600],
    ] as const)
      expect(numberOf(taggedOf([readDer(Buffer.concat([hex(tag), hex('03'), one]))], number))).toBe(1)
  })
})

describe('what is expected to be something else is refused', () => {
  test.each([
    ['a set as a sequence', () => itemsOf(readDer(set(one)), Sequence)],
    ['a sequence as a set', () => itemsOf(readDer(sequence(one)), SetOf)],
    ['an enumerated value as a number', () => numberOf(readDer(hex('0a 01 01')))],
    ['a truth as a number', () => numberOf(readDer(hex('01 01 ff')))],
    ['a number of no bytes', () => numberOf(readDer(hex('02 00')))],
    ['a number of more than four', () => numberOf(readDer(integer(Buffer.alloc(5, 1))))],
    ['bits as bytes', () => octetsOf(readDer(hex('03 02 00 01')))],
    ['a text as bytes', () => octetsOf(readDer(text('bytes')))],
    ['nothing as bytes', () => octetsOf(undefined)],
    ['two under a tag', () => taggedOf([readDer(explicit(1, one, one))], 1)],
    ['none under a tag', () => taggedOf([readDer(explicit(1))], 1)],
    ['bytes under a tag', () => taggedOf([readDer(der(0x81, one))], 1)],
    ['a name that is a set', () => readAs(set(set(sequence(one, one))), Name)],
    [
      'alternative names with a byte after them',
      () => readAs(Buffer.concat([sequence(explicit(4, nameOf([]))), hex('00')]), SubjectAlternativeName),
    ],
  ])('%s', (_, read) => {
    expect(read).toThrow()
  })

  test('another tag of the list, or the same number of another class, is not the one', () => {
    const list = [explicit(2, one), hex('61 03 02 01 01'), hex('e1 03 02 01 01')].map((item) => readDer(item))

    expect(taggedOf(list, 1)).toBeUndefined()
    expect(numberOf(taggedOf(list, 2))).toBe(1)
  })
})

describe('in a certificate', () => {
  const withModel = (value: Buffer) => new X509Certificate(makeCertificate({ more: [extension('1.3.6.1.4.1.45724.1.1.4', value)] }).der)

  test('the model of an authenticator is the bytes and nothing beside them', () => {
    const check = (value: Buffer) => () => checkModel(partsOf(withModel(value)), AAGUID)

    expect(check(octets(AAGUID))).not.toThrow()
    for (const value of [
      AAGUID,
      octets(Buffer.alloc(16)),
      Buffer.concat([octets(AAGUID), hex('00')]),
      Buffer.concat([hex('04 81 10'), AAGUID]),
      der(0x24, octets(AAGUID)),
      octets(octets(AAGUID)),
    ])
      expect(check(value), value.toString('hex')).toThrow()
  })

  test('an extension that signs people in is the same for everybody who reads it', () => {
    const names = sequence(der(0x81, Buffer.from('jo@example.com')))
    const read = (value: Buffer) => () => readCertificate(makeCertificate({ more: [extension('2.5.29.17', value)] }).der).alternativeNames

    expect(read(names)().map(({ rfc822Name }) => rfc822Name)).toEqual(['jo@example.com'])
    expect(read(Buffer.concat([names, hex('00')]))).toThrow()
    expect(read(Buffer.concat([names, sequence(der(0x81, Buffer.from('admin@example.com')))]))).toThrow()
    expect(read(Buffer.concat([hex('30 81 10'), names.subarray(2)]))).toThrow()
    expect(read(Buffer.concat([hex('30 80'), names.subarray(2), hex('00 00')]))).toThrow()
  })
})
