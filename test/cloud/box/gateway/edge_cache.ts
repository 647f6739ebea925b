/** What CloudFront keeps of answers to GET and HEAD: as long as the answer allows within the policy's bounds, under a key of exactly what the policy lists. */
import type { CachePolicy } from './distribution.ts'
import type { EdgeRequest } from './edge_function.ts'

export type Answer = {
  readonly status: number
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Buffer
}

export type EdgeCache = {
  find(key: string): Answer | undefined
  keep(key: string, answer: Answer, policy: CachePolicy): void
  clear(): void
}

export function openEdgeCache(now: () => number): EdgeCache {
  const kept = new Map<string, { readonly answer: Answer; readonly until: number }>()
  return {
    find(key) {
      const found = kept.get(key)
      if (found && found.until > now()) return found.answer
      kept.delete(key)
      return undefined
    },
    keep(key, answer, policy) {
      const seconds = secondsOf(answer, policy)
      if (seconds > 0) kept.set(key, { answer, until: now() + seconds * 1000 })
    },
    clear: () => kept.clear(),
  }
}

/** After the viewer's function ran: its headers count, above all the tenant's. */
export function cacheKey(request: EdgeRequest, behaviourPattern: string, policy: CachePolicy): string {
  const pick = (from: EdgeRequest['headers'], wanted: 'all' | readonly string[]) =>
    (wanted === 'all' ? Object.keys(from).sort() : wanted.map((name) => name.toLowerCase())).map(
      (name) => `${name}=${from[name]?.value ?? ''}`,
    )
  return JSON.stringify([
    behaviourPattern,
    request.method,
    request.uri,
    pick(request.headers, policy.headers),
    pick(request.cookies, policy.cookies),
    pick(request.querystring, policy.query),
  ])
}

/** CloudFront's rule: `s-maxage`, then `max-age`, within minimum and maximum; `no-store` and `private` only with a minimum of 0. */
function secondsOf({ status, headers }: Answer, { minSeconds, defaultSeconds, maxSeconds }: CachePolicy): number {
  if (maxSeconds === 0 || status >= 500) return 0
  const control = headers.find(([name]) => name.toLowerCase() === 'cache-control')?.[1] ?? ''
  if (/\b(no-store|no-cache|private)\b/.test(control)) return minSeconds
  const stated = /\bs-maxage=(\d+)/.exec(control)?.[1] ?? /\bmax-age=(\d+)/.exec(control)?.[1]
  if (stated === undefined) return defaultSeconds
  return Math.min(Math.max(Number(stated), minSeconds), maxSeconds)
}
