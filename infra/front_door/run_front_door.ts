/** Runs the front door's code as CloudFront does, with the entries of a key-value store: for its tests, and for the cloud in a box. */

type Value = { readonly value: string }
export type Headers = Readonly<Record<string, Value>>
export type ViewerRequest = {
  readonly method: string
  readonly uri: string
  readonly headers: Headers
  readonly querystring?: Readonly<Record<string, unknown>>
  readonly cookies?: Readonly<Record<string, unknown>>
}
export type Viewing = { readonly distributionDomainName: string; readonly ip: string; readonly request: ViewerRequest }
/** What CloudFront would say to `updateRequestOrigin`; without one the request goes to the distribution's own origin, the bucket of assets. */
export type Origin = { readonly domainName: string; readonly hostHeader: string }
export type Verdict =
  | { readonly kind: 'answer'; readonly statusCode: number; readonly headers: Headers; readonly body: string }
  | { readonly kind: 'forward'; readonly request: ViewerRequest; readonly origin: Origin | undefined }

export type KeyValues = { exists(key: string): Promise<boolean>; get(key: string): Promise<string> }

type Answer = { statusCode: number; headers: Headers; body?: { data: string } }
type Handler = (event: unknown) => Promise<ViewerRequest | Answer>
type Module = { kvs(): KeyValues; updateRequestOrigin(origin: Origin): void }

/** What CloudFront shows no function, and lets none take away or set (its guide, "Restrictions on all edge functions"), as far as we lean on it. */
const SHOWN_TO_NO_FUNCTION: ReadonlySet<string> = new Set([
  'client-cert',
  'client-cert-chain',
  'cloudfront-viewer-cert-pem',
  'x-real-ip',
  'x-forwarded-proto',
])

const IMPORT = "import cf from 'cloudfront'"

/** `entries`: as they lie in the store. A key that is not there fails, as in CloudFront. */
export function keyValues(entries: Readonly<Record<string, string>>): KeyValues {
  return {
    exists: async (key) => Object.hasOwn(entries, key),
    async get(key) {
      const found = entries[key]
      if (found === undefined) throw new Error('KeyNotFound')
      return found
    },
  }
}

export function openFrontDoor(code: string, store: KeyValues): (viewing: Viewing) => Promise<Verdict> {
  if (!code.startsWith(IMPORT)) throw new Error(`the front door begins with ${IMPORT}`)
  const make = new Function('cf', `${code.slice(IMPORT.length)}\nreturn handler`) as (cf: Module) => Handler

  return async ({ distributionDomainName, ip, request }) => {
    let origin: Origin | undefined
    const handler = make({
      kvs: () => store,
      updateRequestOrigin(changed) {
        origin = changed
      },
    })
    const context = { distributionDomainName, distributionId: 'EDFDVBD6EXAMPLE', eventType: 'viewer-request', requestId: 'EXAMPLE' }
    const { shown, hidden } = partHeaders(request.headers)
    const event = { version: '1.0', context, viewer: { ip }, request: structuredClone({ ...request, headers: shown }) }
    const result = await handler(event)
    if ('statusCode' in result)
      return { kind: 'answer', statusCode: result.statusCode, headers: result.headers, body: result.body?.data ?? '' }
    return { kind: 'forward', request: { ...result, headers: { ...result.headers, ...hidden } }, origin }
  }
}

/** A function sees the one part; the other passes it by. */
export function partHeaders<V>(headers: Readonly<Record<string, V>>): {
  readonly shown: Record<string, V>
  readonly hidden: Record<string, V>
} {
  const all = Object.entries(headers)
  return {
    shown: Object.fromEntries(all.filter(([name]) => !SHOWN_TO_NO_FUNCTION.has(name))),
    hidden: Object.fromEntries(all.filter(([name]) => SHOWN_TO_NO_FUNCTION.has(name))),
  }
}
