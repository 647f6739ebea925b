/** DER (ITU-T X.690), as far as attestation certificates are looked into: elements, not their meaning. Throws at what is none. */

/** `tag`: the identifier's bytes in hex, so `30` is a SEQUENCE and `bf8458` the constructed [600]; an object identifier is compared by its bytes. */
export type Element = { readonly tag: string; readonly content: Buffer }

/** Of the universal class. */
export const BOOLEAN = '01'
export const INTEGER = '02'
export const OCTET_STRING = '04'
export const SEQUENCE = '30'
export const SET = '31'

const MORE = 0x80
const LONG_TAG = 0x1f
const MOST_LENGTH_BYTES = 3

/** All elements that stand one after the other. */
export function elementsOf(bytes: Uint8Array): Element[] {
  const der = Buffer.from(bytes)
  const elements: Element[] = []
  for (let at = 0; at < der.length; ) {
    const tagEnd = endOfTag(der, at)
    const { length, start } = lengthAt(der, tagEnd)
    const content = der.subarray(start, start + length)
    if (content.length !== length) throw new Error('a DER element is cut off')
    elements.push({ tag: der.subarray(at, tagEnd).toString('hex'), content })
    at = start + length
  }
  return elements
}

/** The only element there, which must have the tag; its content. */
export function only(bytes: Uint8Array, tag: string): Buffer {
  const [element, another] = elementsOf(bytes)
  if (element?.tag !== tag || another !== undefined) throw new Error(`expected one DER element ${tag}`)
  return element.content
}

function endOfTag(der: Buffer, at: number): number {
  let end = at + 1
  if ((byteAt(der, at) & LONG_TAG) !== LONG_TAG) return end
  while (byteAt(der, end) & MORE) end++
  return end + 1
}

function lengthAt(der: Buffer, at: number): { readonly length: number; readonly start: number } {
  const first = byteAt(der, at)
  if (first < MORE) return { length: first, start: at + 1 }
  const bytes = first & ~MORE
  if (bytes === 0 || bytes > MOST_LENGTH_BYTES || at + bytes >= der.length) throw new Error('a DER length is none')
  return { length: der.readUIntBE(at + 1, bytes), start: at + 1 + bytes }
}

function byteAt(der: Buffer, at: number): number {
  const byte = der[at]
  if (byte === undefined) throw new Error('a DER element is cut off')
  return byte
}
