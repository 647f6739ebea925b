/** The few pieces of DER (X.690) that a certificate is written in. */
export function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content)
  return Buffer.concat([Buffer.from([tag]), lengthOf(body.length), body])
}

export const sequence = (...content: readonly Buffer[]): Buffer => der(0x30, ...content)
export const set = (...content: readonly Buffer[]): Buffer => der(0x31, ...content)
export const octets = (content: Buffer): Buffer => der(0x04, content)
export const bits = (content: Buffer): Buffer => der(0x03, Buffer.from([0]), content)
export const text = (words: string): Buffer => der(0x0c, Buffer.from(words, 'utf8'))
export const yes: Buffer = der(0x01, Buffer.from([0xff]))
/** `[tag]` of the context, constructed. */
export const explicit = (tag: number, ...content: readonly Buffer[]): Buffer => der(0xa0 | tag, ...content)
/** `[tag]` of the context, primitive. */
export const implicit = (tag: number, content: Buffer): Buffer => der(0x80 | tag, content)

/** Positive: a leading bit that is set would make it negative. */
export function integer(bytes: Buffer): Buffer {
  return der(0x02, (bytes[0] ?? 0) & 0x80 ? Buffer.concat([Buffer.from([0]), bytes]) : bytes)
}

export function oid(dotted: string): Buffer {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number)
  return der(0x06, Buffer.from([first * 40 + second, ...rest.flatMap(base128)]))
}

/** UTCTime, good until 2049. */
export function utcTime(date: Date): Buffer {
  return der(0x17, Buffer.from(`${date.toISOString().slice(2, 19).replace(/[-:T]/g, '')}Z`))
}

function base128(value: number): number[] {
  const groups = [value & 0x7f]
  for (let rest = value >> 7; rest > 0; rest >>= 7) groups.unshift((rest & 0x7f) | 0x80)
  return groups
}

function lengthOf(length: number): Buffer {
  if (length < 0x80) return Buffer.from([length])
  const bytes: number[] = []
  for (let rest = length; rest > 0; rest >>= 8) bytes.unshift(rest & 0xff)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}
