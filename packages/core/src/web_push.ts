/**
 * Web Push (RFC 8030): which push services a message may be sent to, and what a browser gives of its subscription. Whoever subscribes names an address to which the house then
 * sends requests, so only those of the makers of browsers are taken.
 */

/** W3C Push API section 8, in base64url. */
export type PushSubscription = {
  readonly endpoint: string
  /** The browser's public key, and the secret that it shares with us: RFC 8291 section 2. */
  readonly p256dh: string
  readonly auth: string
}

/** The hosts themselves; with a dot in front, those below. */
const PUSH_SERVICES = ['fcm.googleapis.com', 'updates.push.services.mozilla.com', '.push.apple.com', '.notify.windows.com']
const LONGEST_ENDPOINT = 1000
const POINT = /^B[A-Za-z0-9_-]{86}$/
const SECRET = /^[A-Za-z0-9_-]{22}$/
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']

/** `origin`: the house's own. One that stands on a loopback address speaks to services there, too. */
export function isPushService(endpoint: string, origin: string): boolean {
  if (endpoint.length > LONGEST_ENDPOINT || !URL.canParse(endpoint)) return false
  const { protocol, hostname, port, username, password } = new URL(endpoint)
  if (username !== '' || password !== '') return false
  if (LOOPBACK.includes(hostname)) return LOOPBACK.includes(new URL(origin).hostname)
  if (protocol !== 'https:' || port !== '') return false
  return PUSH_SERVICES.some((service) => (service.startsWith('.') ? hostname.endsWith(service) : hostname === service))
}

/** Undefined for anything that no browser gives. */
export function parsePushSubscription(given: Readonly<Record<string, unknown>>, origin: string): PushSubscription | undefined {
  const { endpoint, p256dh, auth } = given
  if (typeof endpoint !== 'string' || typeof p256dh !== 'string' || typeof auth !== 'string') return undefined
  return isPushService(endpoint, origin) && POINT.test(p256dh) && SECRET.test(auth) ? { endpoint, p256dh, auth } : undefined
}
