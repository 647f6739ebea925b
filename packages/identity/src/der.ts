/**
 * DER (ITU-T X.690), as certificates and statements of authenticators are written, read by asn1js. That reads BER, of which the same value has many spellings; here
 * is taken the one that section 10 leaves, and nothing after it.
 */
import { AsnParser } from '@peculiar/asn1-schema'
import { type AsnType, Constructed, DEFAULT_MAX_NODES, fromBER, Integer, OctetString, Sequence, Set as SetOf } from 'asn1js'

/** What stands within a string of bytes is read when it is asked for. How deep elements stand is bounded by the library. */
const optionsOf = (most: number) => ({ parseEmbedded: false, maxNodes: most })
const UNIVERSAL = 1
const CONTEXT = 3
/** Of an indefinite length. */
const END = 0
const CONSTRUCTED_TAGS = [Sequence, SetOf].map((type) => new type().idBlock.tagNumber)

/** The one element there, with at most so many within. */
export function readDer(bytes: Uint8Array | ArrayBuffer, most = DEFAULT_MAX_NODES): AsnType {
  const { offset, result } = fromBER(bytes, optionsOf(most))
  if (offset !== bytes.byteLength || result.error) throw new Error(result.error || 'expected one element of DER')
  checkSpelling(result)
  return result
}

/** The same as a structure of `asn1-x509`. */
export function readAs<T>(bytes: Uint8Array | ArrayBuffer, type: new () => T, most = DEFAULT_MAX_NODES): T {
  return AsnParser.fromASN(readDer(bytes, most), type, { berOptions: optionsOf(most) })
}

/** Of a SEQUENCE or a SET. */
export function itemsOf(element: AsnType | undefined, type: typeof Sequence | typeof SetOf): AsnType[] {
  return typed(element, type).valueBlock.value
}

/** What stands in a list under `[number]` of its own; undefined: nothing does. */
export function taggedOf(list: readonly AsnType[], number: number): AsnType | undefined {
  const tagged = list.find(({ idBlock }) => idBlock.tagClass === CONTEXT && idBlock.tagNumber === number)
  if (tagged === undefined) return undefined
  const [element, ...more] = typed(tagged, Constructed).valueBlock.value
  if (element === undefined || more.length > 0) throw new Error(`expected one element of DER under [${number}]`)
  return element
}

export function octetsOf(element: AsnType | undefined): Buffer {
  return Buffer.from(typed(element, OctetString).getValue())
}

/** One of four bytes at the most. */
export function numberOf(element: AsnType | undefined): number {
  const { valueBlock } = typed(element, Integer)
  if (valueBlock.isHexOnly || valueBlock.valueHexView.length === 0) throw new Error('no number of these')
  return valueBlock.valueDec
}

/** ENUMERATED is an Integer to the library, and none here. */
function typed<T extends AsnType>(element: AsnType | undefined, type: { new (): T; readonly NAME: string }): T {
  if (element instanceof type && element.constructor === type) return element
  throw new Error(`expected a ${type.NAME} of DER`)
}

/** Sections 10.1 and 10.2: the shortest length, never an indefinite one, and no string in pieces. Section 8.1.2.4.2: the shortest tag. */
function checkSpelling(element: AsnType): void {
  const { idBlock, lenBlock } = element
  const { tagClass, tagNumber, isConstructed } = idBlock
  if (lenBlock.isIndefiniteForm || lenBlock.blockLength !== (lenBlock.length < 0x80 ? 1 : 1 + digits(lenBlock.length, 8)))
    throw new Error('a length that DER writes otherwise')
  if (idBlock.blockLength !== (tagNumber < 0x1f ? 1 : 1 + digits(tagNumber, 7))) throw new Error('a tag that DER writes otherwise')
  if (tagClass === UNIVERSAL && (tagNumber === END || isConstructed !== CONSTRUCTED_TAGS.includes(tagNumber)))
    throw new Error('a value that DER writes otherwise')
  if (element instanceof Constructed) element.valueBlock.value.forEach(checkSpelling)
}

/** Of so many bits each. */
function digits(number: number, bits: number): number {
  return Math.ceil((Math.floor(Math.log2(number)) + 1) / bits)
}
