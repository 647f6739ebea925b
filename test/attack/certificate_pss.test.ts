/** Authorities that sign with RSASSA-PSS (RFC 4055): their lists and answers are read, and what is said of the signature is not believed beyond what it is. */
import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { readAnswer, writeQuestion } from '@gatehouse/identity/certificates/ocsp_answer.ts'
import { findPath } from '@gatehouse/identity/certificates/path.ts'
import { readCertificate } from '@gatehouse/identity/certificates/read_certificate.ts'
import { isListOf, readRevocationList } from '@gatehouse/identity/certificates/revocation_list.ts'
import { describe, expect, test } from 'vitest'
import { der, explicit, integer, oid, sequence } from '../cloud/box/gateway/der.ts'
import { type Made, makeAuthority, makeCertificate, makeList } from '../fixture/certificates.ts'
import { makeAnswer } from '../fixture/ocsp.ts'
import { pss, pssParameters } from '../fixture/pss.ts'

const NOW = Date.UTC(2026, 0, 5, 9)
const SHA256 = pss('sha256')
const rsa = makeAuthority({ keys: generateKeyPairSync('rsa', { modulusLength: 2048 }), signing: SHA256 })
const card = makeCertificate({ by: rsa, cn: 'jo', signing: SHA256 })

const isOf = (list: Buffer, authority: Made) => isListOf(readRevocationList(list), readCertificate(authority.der))

function answerKind(signing = SHA256, wish = {}): string {
  const question = writeQuestion({ certificate: readCertificate(card.der), authority: readCertificate(rsa.der) }, randomBytes(16))
  const answer = makeAnswer(rsa, card, Buffer.from(question.der), { from: new Date(NOW), signing, ...wish })
  return readAnswer(answer, question, NOW).kind
}

describe('what an authority signed so', () => {
  test.each([
    ['sha256', 32],
    ['sha384', 48],
    ['sha512', 0],
  ] as const)('counts: %s with %i bytes of salt', (digest, saltLength) => {
    const list = makeList(rsa, [card], { signing: pss(digest, saltLength) }).der

    expect(readRevocationList(list).revoked.size).toBe(1)
    expect(isOf(list, rsa)).toBe(true)
    expect(answerKind(pss(digest, saltLength))).toBe('good')
  })

  test('counts of a key that is for this alone, with its own digest and at least its own salt; of another scheme it signed nothing', () => {
    // Node takes a number, where its types say a text.
    const saltLength = 32 as never
    const keys = generateKeyPairSync('rsa-pss', { modulusLength: 2048, hashAlgorithm: 'sha256', mgf1HashAlgorithm: 'sha256', saltLength })
    const own = makeAuthority({ keys, signing: SHA256 })
    const list = (digest: 'sha256' | 'sha384', saltLength: number) =>
      makeList(own, [], { signing: pss(digest, saltLength), signedBy: rsa.key }).der

    expect(isOf(makeList(own, [], { signing: SHA256 }).der, own)).toBe(true)
    const otherwise = { ...SHA256, algorithm: sequence(oid('1.2.840.113549.1.1.11'), der(0x05)) }
    expect(isOf(makeList(own, [], { signing: otherwise }).der, own)).toBe(false)
    // Whatever somebody else wrote about it, `verify` is not asked what it would throw at.
    expect([isOf(list('sha384', 48), own), isOf(list('sha256', 20), own)]).toEqual([false, false])
  })

  test('is a chain, too', () => {
    const read = (made: Made) => readCertificate(made.der)

    expect(findPath(read(card), [read(rsa)], NOW).kind).toBe('found')
  })
})

describe('what does not count', () => {
  test('by somebody else, and with another salt than is said', () => {
    const stranger = makeAuthority()
    const saidOtherwise = pss('sha256', 32, pssParameters('sha256', 'sha256', 20))

    expect(
      isOf(makeList(rsa, [], { signing: SHA256, signedBy: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }).der, rsa),
    ).toBe(false)
    expect(isOf(makeList(rsa, [], { signing: saidOtherwise }).der, rsa)).toBe(false)
    expect(answerKind(saidOtherwise)).toBe('worthless')
    // A key that is no RSA cannot have signed so.
    expect(isOf(makeList({ ...stranger, key: rsa.key }, [], { signing: SHA256 }).der, stranger)).toBe(false)
  })

  test.each([
    ['SHA-1, by what is left out', sequence()],
    ['SHA-1, said', pssParameters('sha1', 'sha1', 20)],
    ['a mask of another digest', pssParameters('sha256', 'sha1', 32)],
    ['another trailer', pssParameters('sha256', 'sha256', 32, explicit(3, integer(Buffer.from([2]))))],
  ])('is not taken: %s', (_, said) => {
    const signing = pss('sha256', 32, said)

    expect(() => readRevocationList(makeList(rsa, [], { signing }).der)).toThrow('signed by an algorithm that is not taken')
    expect(() => answerKind(signing)).toThrow('not taken')
  })

  test('a certificate that is signed so with SHA-1 is too weak', () => {
    const weak = makeCertificate({ by: rsa, cn: 'jo', signing: pss('sha1', 20) })

    expect(findPath(readCertificate(weak.der), [readCertificate(rsa.der)], NOW)).toEqual({ kind: 'refused', because: 'weak' })
  })
})
