/** A list of networks that is asked often: one set for each length of prefix. */
import { bitsOf } from '../network.ts'

export type AddressList = { readonly count: number; has(ip: string | undefined): boolean }

/** Lines that are no network are left out, as are comments (`#`, `;`) and what stands behind a network. */
export function parseAddressList(lines: Iterable<string>): AddressList {
  const byLength = new Map<number, Set<string>>()
  let count = 0
  for (const line of lines) {
    const [address = '', length] = (line.split(/[\s#;,]/, 1)[0] ?? '').split('/')
    const bits = bitsOf(address)
    const prefix = length === undefined ? bits?.length : /^\d{1,3}$/.test(length) ? Number(length) : undefined
    // A list that holds everybody is a mistake.
    if (bits === undefined || prefix === undefined || prefix > bits.length || prefix === 0) continue
    const set = byLength.get(prefix) ?? new Set()
    byLength.set(prefix, set.add(familyOf(bits) + bits.slice(0, prefix)))
    count++
  }
  return {
    count,
    has(ip) {
      const bits = bitsOf(ip ?? '')
      if (bits === undefined) return false
      for (const [prefix, set] of byLength) if (prefix <= bits.length && set.has(familyOf(bits) + bits.slice(0, prefix))) return true
      return false
    },
  }
}

function familyOf(bits: string): string {
  return bits.length === 32 ? '4' : '6'
}
