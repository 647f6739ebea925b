/** A CloudFront distribution as the plan has it: which behaviour takes a path, what it keeps, where it goes. */
export type CachePolicy = {
  readonly minSeconds: number
  readonly defaultSeconds: number
  readonly maxSeconds: number
  readonly headers: readonly string[]
  readonly cookies: 'all' | readonly string[]
  readonly query: 'all' | readonly string[]
}

/** What of a request goes on to the origin: by the origin request policy, and whatever the cache tells answers apart by. Names of headers in lower case. */
export type Passes = {
  readonly headers: 'all' | readonly string[]
  readonly cookies: 'all' | readonly string[]
  readonly query: 'all' | readonly string[]
}

export type Origin =
  | { readonly kind: 'function'; readonly functionArn: string; readonly domain: string; readonly headers: Readonly<Record<string, string>> }
  | { readonly kind: 'bucket'; readonly bucket: string; readonly domain: string; readonly path: string }

export type Behaviour = {
  /** CloudFront's pattern; `*` is the default. */
  readonly pattern: string
  readonly methods: readonly string[]
  /** Names the origin where the function chooses none. */
  readonly originId: string
  readonly cache: CachePolicy
  readonly passes: Passes
  /** Headers that CloudFront itself adds for the function and the origin: the viewer's country and city. */
  readonly viewerFacts: readonly string[]
  readonly requestFunctionArn: string | undefined
  readonly responseHeaders: Readonly<Record<string, string>>
}

export type Distribution = {
  readonly id: string
  readonly arn: string
  readonly domainName: string
  /** Names under which it is reached, `*.` for all below. */
  readonly aliases: readonly string[]
  /** Of every visitor, in the handshake; what is shown goes on to the origin, unjudged ("passthrough"). */
  readonly asksForCertificates: boolean
  readonly origins: ReadonlyMap<string, Origin>
  /** In the plan's order, the default last. */
  readonly behaviours: readonly Behaviour[]
}

export function behaviourOf({ behaviours }: Distribution, path: string): Behaviour | undefined {
  return behaviours.find(({ pattern }) => patternMatches(pattern, path))
}

function patternMatches(pattern: string, path: string): boolean {
  const slashed = pattern.startsWith('/') || pattern.startsWith('*') ? pattern : `/${pattern}`
  const source = slashed
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.')
  return new RegExp(`^${source}$`).test(path)
}
