/**
 * How long a network waits after failed sign-ins, whosever names they were for. Many people share a network, so the delays begin late;
 * they grow, and they end.
 */
const FREE_FAILURES = 50
/** Behind a proxy of the same machine everybody comes from its loopback address: a crowd, not a neighbour. */
const FREE_FAILURES_OF_CROWD = 1000
/** With every so many further failures the delay doubles. */
const FAILURES_PER_STEP = 10
const FIRST_DELAY_SECONDS = 15
const LONGEST_DELAY_SECONDS = 900
/** Failures are counted over this long. */
export const NETWORK_MEMORY_SECONDS = 3600

/** So many speak for a program. */
export const SUSPICIOUS_NETWORK_FAILURES = 10
export const SUSPICIOUS_CROWD_FAILURES = 200

/** Seconds since the epoch, as `lastAt`, the time of the last failure. */
export function networkLockedUntil(network: string, failures: number, lastAt: number): number {
  const free = isCrowd(network) ? FREE_FAILURES_OF_CROWD : FREE_FAILURES
  if (failures < free) return 0
  const step = Math.floor((failures - free) / FAILURES_PER_STEP)
  return lastAt + Math.min(FIRST_DELAY_SECONDS * 2 ** step, LONGEST_DELAY_SECONDS)
}

export function isCrowd(network: string): boolean {
  return network.startsWith('127.') || network === '0:0:0:0::/64'
}

/** An IPv6 subscriber has a whole /64: RFC 6177. */
export function networkOf(ip: string | undefined): string {
  if (ip === undefined) return 'unknown'
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1]
  if (mapped !== undefined) return mapped
  return ip.includes(':') ? `${expand(ip).slice(0, 4).join(':')}::/64` : ip
}

function expand(ip: string): string[] {
  const [head = '', tail] = ip.split('::')
  const [before, after] = [head, tail ?? ''].map((part) => part.split(':').filter((group) => group !== ''))
  const missing = tail === undefined ? 0 : Math.max(0, 8 - (before?.length ?? 0) - (after?.length ?? 0))
  return [...(before ?? []), ...Array.from({ length: missing }, () => '0'), ...(after ?? [])].map((group) =>
    group.toLowerCase().replace(/^0+(?=.)/, ''),
  )
}
