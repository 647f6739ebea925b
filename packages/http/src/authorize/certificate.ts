/**
 * The one page of the certificates' host: `GET /certificate`. Browsers are asked for a certificate there by TLS; it sends them back to whoever waits, with what
 * they showed. It has no cookies, knows nobody and decides nothing (`identity/certificates/handover.ts`).
 */
import { answerHandover, LARGEST_CERTIFICATE, type ShownCertificate } from '@gatehouse/identity/certificates/handover.ts'
import type { HouseContext } from '../house.ts'

export async function takeCertificate(c: HouseContext): Promise<Response> {
  const { here, certificate } = c.env
  c.header('cache-control', 'no-store')
  // What is in the address is for the house alone.
  c.header('referrer-policy', 'no-referrer')
  c.header('x-content-type-options', 'nosniff')
  const href = await answerHandover(here, c.req.query('handover') ?? '', () => shownBy(certificate))
  if (href !== undefined) return c.redirect(href, 303)
  // Somebody's own making, or cut off on the way: there is nobody to go back to.
  return c.text('This address does nothing by itself. Go back to the page that you came from, and try again.\n', 400)
}

/** RFC 7468 section 5: one certificate. Whether it is one, and what it says, is looked at where it is judged. */
const PEM = /^\s*-----BEGIN CERTIFICATE-----\s+([A-Za-z0-9+/=\s]+?)\s*-----END CERTIFICATE-----\s*$/

function shownBy(pem: string | undefined): ShownCertificate {
  if (pem === undefined || pem.trim() === '') return { problem: 'none' }
  if (pem.length > 2 * LARGEST_CERTIFICATE) return { problem: 'too_large' }
  const base64 = PEM.exec(pem)?.[1]
  if (base64 === undefined) return { problem: 'unreadable' }
  const der = Buffer.from(base64, 'base64')
  return der.length > LARGEST_CERTIFICATE ? { problem: 'too_large' } : { der: der.toString('base64url') }
}
