/** TPMT_PUBLIC and TPMS_ATTEST: Trusted Platform Module Library, Part 2, sections 12.2.4 and 10.12.8. All numbers are big-endian. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'

const GENERATED = 0xff544347
const ATTEST_CERTIFY = 0x8017
const NULL = 0x0010
const RSA = 0x0001
const ECC = 0x0023
const DEFAULT_EXPONENT = 65_537
const CLOCK_AND_FIRMWARE = 17 + 8
const HASHES: ReadonlyMap<number, string> = new Map([
  [0x000b, 'sha256'],
  [0x000c, 'sha384'],
  [0x000d, 'sha512'],
])
const CURVES: ReadonlyMap<number, string> = new Map([
  [0x0003, 'P-256'],
  [0x0004, 'P-384'],
  [0x0005, 'P-521'],
])

/** `name`: the algorithm and the hash of the area by it (Part 1 section 16). */
export type PubArea = { readonly key: KeyObject; readonly name: Buffer }
export type CertInfo = { readonly extraData: Buffer; readonly name: Buffer }

export function parsePubArea(bytes: Buffer): PubArea {
  const reader = readerOf(bytes)
  const [type, nameAlg] = [reader.number(2), reader.number(2)]
  reader.take(4)
  reader.sized()
  const key = type === RSA ? rsaKey(reader) : type === ECC ? eccKey(reader) : undefined
  const hash = HASHES.get(nameAlg)
  if (key === undefined || hash === undefined) throw new Error('a TPM’s key of an unknown type')
  reader.end()
  return { key, name: Buffer.concat([bytes.subarray(2, 4), createHash(hash).update(bytes).digest()]) }
}

export function parseCertInfo(bytes: Buffer): CertInfo {
  const reader = readerOf(bytes)
  if (reader.number(4) !== GENERATED || reader.number(2) !== ATTEST_CERTIFY) throw new Error('no certification by a TPM')
  reader.sized()
  const extraData = reader.sized()
  reader.take(CLOCK_AND_FIRMWARE)
  const name = reader.sized()
  reader.sized()
  reader.end()
  return { extraData, name }
}

function rsaKey(reader: Reader): KeyObject {
  skipSchemes(reader)
  reader.number(2)
  const exponent = Buffer.alloc(4)
  exponent.writeUInt32BE(reader.number(4) || DEFAULT_EXPONENT)
  const e = exponent.subarray(exponent.findIndex((byte) => byte !== 0)).toString('base64url')
  return createPublicKey({ key: { kty: 'RSA', n: reader.sized().toString('base64url'), e }, format: 'jwk' })
}

function eccKey(reader: Reader): KeyObject {
  skipSchemes(reader)
  const crv = CURVES.get(reader.number(2))
  if (crv === undefined || reader.number(2) !== NULL) throw new Error('a TPM’s key over an unknown curve')
  const [x, y] = [reader.sized().toString('base64url'), reader.sized().toString('base64url')]
  return createPublicKey({ key: { kty: 'EC', crv, x, y }, format: 'jwk' })
}

/** No symmetric algorithm, since the key signs; a scheme only with its hash. */
function skipSchemes(reader: Reader): void {
  if (reader.number(2) !== NULL) throw new Error('a TPM’s key that does not sign')
  if (reader.number(2) !== NULL) reader.number(2)
}

type Reader = ReturnType<typeof readerOf>

function readerOf(bytes: Buffer) {
  let at = 0
  const take = (length: number) => {
    const taken = bytes.subarray(at, at + length)
    if (taken.length !== length) throw new Error('a TPM’s structure is cut off')
    at += length
    return taken
  }
  const number = (length: 2 | 4) => take(length).readUIntBE(0, length)
  return {
    take,
    number,
    /** TPM2B: two bytes of length, and so many. */
    sized: () => take(number(2)),
    end: () => {
      if (at !== bytes.length) throw new Error('a TPM’s structure with something behind it')
    },
  }
}
