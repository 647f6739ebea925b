/**
 * The client certificate of a request to the certificates' host, as CloudFront says it: in `Client-Cert` (RFC 9440 section 2.2), which it writes itself in front of
 * that host, over whatever a client sent. Nowhere else is that header looked at.
 */
import type { FunctionUrlEvent } from './function_url.ts'

type Headers = FunctionUrlEvent['headers']

/** `front`: the house's answer to who shows this. */
export async function answerWithCertificate(
  event: FunctionUrlEvent,
  front: (shown: { readonly certificate?: string }) => Promise<Response>,
): Promise<Response> {
  const certificate = clientCertificate(event.headers)
  return unlessMisdirected(await front(certificate === undefined ? {} : { certificate }), event)
}

/** RFC 8941 section 3.3.5: a byte sequence. AWS's guide shows the colons in one place and none in another. */
const BYTES = /^:([A-Za-z0-9+/]+={0,2}):$|^([A-Za-z0-9+/]+={0,2})$/

/** The front door's word: whether the TLS handshake of this very connection had one. */
function wasPresented(headers: Headers): boolean {
  return headers['x-gatehouse-certificate'] === 'presented'
}

/** In PEM (RFC 7468); what is in no form that we know is handed on as it came, to be told as unreadable. Undefined: none was shown. */
export function clientCertificate(headers: Headers): string | undefined {
  const said = headers['client-cert']
  if (said === undefined || !wasPresented(headers)) return undefined
  const found = BYTES.exec(said)
  const base64 = found?.[1] ?? found?.[2]
  return base64 === undefined ? said : `-----BEGIN CERTIFICATE-----\n${base64.replace(/(.{64})/g, '$1\n')}\n-----END CERTIFICATE-----\n`
}

/** Of the query, by our own page: this is no connection to a tenant's host. */
const AGAIN = 'again=1'

/**
 * Tenants' hosts and this one share a certificate, so that a browser may ask for this host over a connection that it has to a tenant's (RFC 9113 section 9.1.1):
 * there TLS has asked for nothing. To 421 (RFC 9110 section 15.5.20) it opens a connection of its own, on which it is asked. On such a one the page is seen by
 * people who have shown no certificate, and leads them on to what the house answers.
 */
export function unlessMisdirected(response: Response, { headers, rawPath, rawQueryString }: FunctionUrlEvent): Response {
  if (response.status !== 303 || wasPresented(headers) || rawQueryString.split('&').includes(AGAIN)) return response
  const onwards = inAttribute(`${rawPath}?${rawQueryString}&${AGAIN}`)
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="0; url=${onwards}">`
  const main = `<main><h1>One moment</h1><p><a href="${onwards}">Continue without a certificate</a></p></main>`
  return new Response(`<!doctype html><html lang="en">${head}<title>One moment</title>${main}</html>`, {
    status: 421,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'strict-transport-security': 'max-age=31536000',
    },
  })
}

function inAttribute(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
