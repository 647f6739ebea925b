/** Who signed a certificate, and whether it is its time: what every chain of them stands on (RFC 5280 section 6.1.3). */
import type { X509Certificate } from 'node:crypto'

export function isValidAt({ validFromDate, validToDate }: X509Certificate, now: number): boolean {
  return validFromDate.getTime() <= now && now <= validToDate.getTime()
}

/** By this key, under this name, and by one that may vouch for others. */
export function isSignedBy(one: X509Certificate, issuer: X509Certificate): boolean {
  return issuer.ca && one.checkIssued(issuer) && one.verify(issuer.publicKey)
}
