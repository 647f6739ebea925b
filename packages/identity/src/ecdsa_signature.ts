/**
 * ES256 signatures between their two forms: r and s of 32 bytes each (RFC 7518 section 3.4) and DER (RFC 3279 section 2.2.3). OpenSSL speaks DER;
 * converting here was measured at half the cost of asking it for `ieee-p1363`.
 */
const HALF = 32

export function derToJose(der: Buffer): Buffer {
  // SEQUENCE, length, INTEGER, length, r, INTEGER, length, s; all lengths are below 128.
  const joined = Buffer.alloc(2 * HALF)
  const end = copyInteger(der, 2, joined, 0)
  copyInteger(der, end, joined, HALF)
  return joined
}

/** Undefined when the length is wrong. */
export function joseToDer(signature: Buffer): Buffer | undefined {
  if (signature.length !== 2 * HALF) return undefined
  const [r, s] = [derInteger(signature.subarray(0, HALF)), derInteger(signature.subarray(HALF))]
  return Buffer.concat([Buffer.from([0x30, r.length + s.length]), r, s])
}

function copyInteger(der: Buffer, at: number, target: Buffer, offset: number): number {
  const length = der[at + 1] ?? 0
  const start = at + 2
  // A leading zero only keeps the number positive; a short one is padded on the left.
  const padding = length > HALF ? length - HALF : 0
  der.copy(target, offset + HALF - (length - padding), start + padding, start + length)
  return start + length
}

function derInteger(number: Buffer): Buffer {
  let start = 0
  while (start < HALF - 1 && number[start] === 0) start += 1
  const positive = (number[start] ?? 0) < 0x80
  return Buffer.concat([Buffer.from(positive ? [0x02, HALF - start] : [0x02, HALF - start + 1, 0]), number.subarray(start)])
}
