/** Names in certificates: compared as RFC 5280 section 7 has it, shown as RFC 4514 writes them, and those that may stand for a person. */
import type { Name } from '@peculiar/asn1-x509'
import type { ReadCertificate } from './read_certificate.ts'

export const COMMON_NAME = '2.5.4.3'
/** PKCS #9: an address within the subject, as it was written before alternative names. */
const EMAIL_ADDRESS = '1.2.840.113549.1.9.1'

const SHORT: Readonly<Record<string, string>> = {
  [COMMON_NAME]: 'CN',
  '2.5.4.5': 'serialNumber',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
  [EMAIL_ADDRESS]: 'emailAddress',
}
const LONGEST_SHOWN = 200

type Attribute = { readonly type: string; readonly value: string }

/** RFC 4514: the last comes first. Cut where it is too long to be shown. */
export function shownName(name: Name): string {
  const parts = [...partsOf(name)]
    .reverse()
    .map((part) => part.map(({ type, value }) => `${SHORT[type] ?? type}=${escaped(value)}`).join('+'))
  const text = parts.join(',')
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text
}

/** One part after another, each in a form that is equal for equal names (section 7.1: case and repeated spaces do not count). */
export function comparableParts(name: Name): string[] {
  return partsOf(name).map((part) =>
    part
      .map(({ type, value }) => `${type}=${value.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase()}`)
      .sort()
      .join('+'),
  )
}

export function isSameName(a: Name, b: Name): boolean {
  const [left, right] = [comparableParts(a), comparableParts(b)]
  return left.length === right.length && left.every((part, index) => part === right[index])
}

export function commonNames({ subject }: Pick<ReadCertificate, 'subject'>): string[] {
  return valuesOf(subject, COMMON_NAME)
}

export function subjectEmails({ subject }: Pick<ReadCertificate, 'subject'>): string[] {
  return valuesOf(subject, EMAIL_ADDRESS)
}

/** RFC 5280 section 4.2.1.6. */
export function emails({ alternativeNames }: Pick<ReadCertificate, 'alternativeNames'>): string[] {
  return alternativeNames.flatMap(({ rfc822Name }) => (rfc822Name === undefined ? [] : [rfc822Name]))
}

function partsOf(name: Name): Attribute[][] {
  return name.map((part) => part.map(({ type, value }) => ({ type, value: value.toString() })))
}

function valuesOf(name: Name, wanted: string): string[] {
  return partsOf(name).flatMap((part) => part.filter(({ type }) => type === wanted).map(({ value }) => value))
}

/** Section 2.4; control characters, which turn a line of text round, are written as bytes. */
function escaped(value: string): string {
  return value
    .replaceAll(/[\\,+"<>;=]/g, '\\$&')
    .replaceAll(/[\p{Cc}\p{Cs}\u2028-\u202e\u2066-\u2069]/gu, (one) =>
      [...Buffer.from(one)].map((byte) => `\\${byte.toString(16).padStart(2, '0')}`).join(''),
    )
}
