/** Networks as administrators write them: RFC 4632 section 3.1, RFC 4291 section 2.3. An address that cannot be read is in none. */

/** `network` is `address/bits`, or one address. */
export function isInNetwork(ip: string | undefined, network: string): boolean {
  const [address = '', length] = network.split('/')
  const [given, base] = [bitsOf(ip ?? ''), bitsOf(address)]
  if (given === undefined || base === undefined || given.length !== base.length) return false
  const bits = length === undefined ? base.length : Number(length)
  return given.slice(0, bits) === base.slice(0, bits)
}

export function isNetwork(text: string): boolean {
  const [address = '', length, ...rest] = text.split('/')
  const bits = bitsOf(address)
  if (bits === undefined || rest.length > 0) return false
  return length === undefined || (/^\d{1,3}$/.test(length) && Number(length) <= bits.length)
}

/** As a text of zeros and ones. An IPv4 address that comes as an IPv6 one (RFC 4291 section 2.5.5.2) is an IPv4 address. */
export function bitsOf(ip: string): string | undefined {
  const mapped = /^::ffff:(\d{1,3}(?:\.\d{1,3}){3})$/i.exec(ip)?.[1] ?? ip
  return mapped.includes(':') ? bitsOfIpv6(mapped) : bitsOfIpv4(mapped)
}

function bitsOfIpv4(ip: string): string | undefined {
  const parts = ip.split('.')
  if (parts.length !== 4 || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255)) return undefined
  return parts.map((part) => Number(part).toString(2).padStart(8, '0')).join('')
}

function bitsOfIpv6(ip: string): string | undefined {
  const halves = ip.split('::')
  if (halves.length > 2) return undefined
  const [head = [], tail] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - (tail?.length ?? 0)
  if (tail === undefined ? missing !== 0 : missing < 1) return undefined
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...(tail ?? [])]
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('')
}
