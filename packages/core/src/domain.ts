/** Domains of a tenant's own (`login.acme.example`): which names can be one, what proves that it is theirs, and where it stands. */

export type DomainState =
  /** The record `challengeName` has to say the challenge. */
  | { readonly kind: 'waiting_for_proof'; readonly until: number }
  /** Proved; the front door is being made ready (certificate, edge). */
  | { readonly kind: 'creating' }
  | { readonly kind: 'active' }
  | { readonly kind: 'failed'; readonly because: string }

export type Domain = {
  /** As `parseHost` gives it. */
  readonly host: string
  readonly state: DomainState
  /** Made for this tenant and this host, anew each time that it is added. */
  readonly challenge: string
  /** Milliseconds since the epoch. */
  readonly createdAt: number
  readonly version: number
}

/** A tenant has this many at most. */
export const MOST_DOMAINS = 10
/** So long the proof may come after the domain was added. */
export const PROOF_MILLISECONDS = 7 * 86_400_000

const CHALLENGE_LABEL = '_gatehouse-challenge'
/** What CloudFront takes as a name; well within RFC 1035 section 2.3.4, also with the label of the challenge before it. */
const LONGEST_HOST = 128
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/
/** RFC 6761, RFC 6762, RFC 8375 and the like: names that are never a tenant's; and those under which a cloud gives hosts to everybody. */
// biome-ignore format: a list of names
const RESERVED = [
  'localhost', 'local', 'internal', 'intranet', 'lan', 'home', 'corp', 'private', 'invalid', 'onion', 'alt', 'arpa',
  'cloudfront.net', 'amazonaws.com', 'amazonaws.com.cn', 'on.aws', 'api.aws', 'awsapps.com', 'elasticbeanstalk.com',
]

export function challengeName(host: string): string {
  return `${CHALLENGE_LABEL}.${host}`
}

export type HostProblem = 'not_a_host' | 'reserved'

/**
 * The one spelling of a host: small letters, punycode, no dot at the end. `taken` are the house's own names: neither they nor anything below them is a
 * tenant's to add.
 */
export function parseHost(text: string, taken: readonly string[]): { readonly host: string } | { readonly problem: HostProblem } {
  const typed = text.trim().replace(/\.$/, '')
  // What a parser of addresses would take for something beside a host: port, path, user, wildcard, percent signs.
  if (typed === '' || /[\s\p{Cc}:/\\?#@[\]*%,;<>|^`{}"'_]/u.test(typed) || !URL.canParse(`https://${typed}`))
    return { problem: 'not_a_host' }
  const { hostname } = new URL(`https://${typed}`)
  const labels = hostname.split('.')
  const [last = ''] = labels.slice(-1)
  // A last label of digits is an IP address, in one of its many spellings (WHATWG URL, section 3.5).
  if (
    labels.length < 2 ||
    hostname.length > LONGEST_HOST ||
    !labels.every((label) => LABEL.test(label)) ||
    /^(?:\d+|0x[\da-f]*)$/.test(last)
  )
    return { problem: 'not_a_host' }
  if ([...RESERVED, ...taken].some((name) => hostname === name || hostname.endsWith(`.${name}`))) return { problem: 'reserved' }
  return { host: hostname }
}
