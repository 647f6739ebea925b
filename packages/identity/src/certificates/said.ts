/** What somebody says of a certificate who was asked whether it was revoked; `words` are for the audit record, and name nobody but who was asked. */
import type { ReadCertificate } from './read_certificate.ts'

/** `unknown`: asked, and knows no such certificate. `silent`: nobody said anything that counts. */
export type Said = { readonly kind: 'good' } | { readonly kind: 'revoked' | 'unknown' | 'silent'; readonly words: string }

/** A certificate of the chain, and who signed it: the chain was found in order before anybody is asked. */
export type Link = { readonly certificate: ReadCertificate; readonly authority: ReadCertificate }

const MOST_FOLLOWED = 2
const LONGEST_ADDRESS = 300

/** Of the addresses that a certificate names: the first that can be asked. Directories (`ldap:`) are not. */
export function followed(addresses: readonly string[]): string[] {
  return addresses.filter((address) => isAddress(address) && address.length <= LONGEST_ADDRESS).slice(0, MOST_FOLLOWED)
}

/** `http` too: who asks is told nothing secret, and what comes back is signed. */
export function isAddress(source: string): boolean {
  return /^https?:\/\//i.test(source)
}

export function hostOf(source: string): string {
  return (isAddress(source) ? URL.parse(source)?.host : undefined) ?? 'a list in the policy'
}

export function dayOf(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10)
}
