/** Runs a CloudFront function of the plan, its code as it is, in a context of its own with what `cloudfront-js-2.0` offers: the event, `cf.kvs()` and `cf.updateRequestOrigin()`. */
import { createHash, createHmac } from 'node:crypto'
import { createContext, Script } from 'node:vm'
import { partHeaders } from '../../../../infra/front_door/run_front_door.ts'

export type EdgeValue = { readonly value: string; readonly multiValue?: readonly { readonly value: string }[] }
export type EdgeMap = Record<string, EdgeValue>
export type EdgeRequest = { method: string; uri: string; querystring: EdgeMap; headers: EdgeMap; cookies: EdgeMap }
export type EdgeResponse = {
  readonly statusCode: number
  readonly statusDescription?: string
  readonly headers?: EdgeMap
  readonly cookies?: EdgeMap
  readonly body?: string | { readonly encoding: 'text' | 'base64'; readonly data: string }
}

/** What `updateRequestOrigin` was given. */
export type ChosenOrigin = {
  readonly domainName?: string
  readonly originPath?: string
  readonly customHeaders?: Readonly<Record<string, string>>
}
export type EdgeOutcome =
  | {
      readonly kind: 'request'
      readonly request: EdgeRequest
      readonly origin: ChosenOrigin | undefined
      readonly originId: string | undefined
    }
  | { readonly kind: 'response'; readonly response: EdgeResponse }

export type EdgeEvent = {
  readonly eventType: 'viewer-request' | 'viewer-response'
  readonly distributionDomainName: string
  readonly distributionId: string
  readonly ip: string
  readonly request: EdgeRequest
}

export type KeyValueStore = ReadonlyMap<string, string>
export type EdgeFunction = (event: EdgeEvent) => Promise<EdgeOutcome>

export type EdgeOptions = {
  readonly store: KeyValueStore | undefined
  readonly log: (line: string) => void
  /** In place of `Math.random`: what the function does to one request in a hundred, a test wants of all. */
  readonly random: () => number
}

const MAXIMUM_BYTES = 10_240

/** Throws where CloudFront would not take the code. */
export function openEdgeFunction(code: string, { store, log, random }: EdgeOptions): EdgeFunction {
  if (Buffer.byteLength(code) > MAXIMUM_BYTES)
    throw new RangeError(`the CloudFront function has ${Buffer.byteLength(code)} bytes, more than 10 KB`)
  const { source, names } = withoutImports(code)
  const context = createContext({
    console: { log: (...words: unknown[]) => log(words.map(String).join(' ')) },
    Buffer,
    TextEncoder,
    TextDecoder,
    atob,
    btoa,
    URLSearchParams,
    __dice: random,
  })
  const make = new Script(`(${[...names.keys()].join(', ')}) => { Math.random = __dice; ${source}\n;return handler }`).runInContext(context)

  return async (event) => {
    let origin: ChosenOrigin | undefined
    let originId: string | undefined
    const cf = {
      kvs: () => kvsOf(store),
      updateRequestOrigin: (chosen: ChosenOrigin) => {
        origin = { ...origin, ...chosen }
      },
      selectRequestOriginById: (id: string) => {
        originId = id
      },
    }
    const modules: Readonly<Record<string, unknown>> = { cloudfront: cf, crypto: { createHash, createHmac } }
    const handler = make(...[...names.values()].map((module) => moduleOf(modules, module)))
    const { eventType, distributionDomainName, distributionId, ip, request } = event
    const { shown, hidden } = partHeaders(request.headers)
    const result: unknown = await handler({
      version: '1.0',
      context: { eventType, distributionDomainName, distributionId, requestId: 'box' },
      viewer: { ip },
      request: structuredClone({ ...request, headers: shown }),
    })
    if (!isObject(result)) throw new TypeError('the CloudFront function returned neither a request nor a response')
    if ('statusCode' in result) return { kind: 'response', response: result as unknown as EdgeResponse }
    const changed = result as unknown as EdgeRequest
    return { kind: 'request', request: { ...changed, headers: { ...changed.headers, ...hidden } }, origin, originId }
  }
}

/** The module's functions: `get` throws for a key that is not there. */
function kvsOf(store: KeyValueStore | undefined) {
  if (!store) throw new Error('the function has no key-value store')
  return {
    get: async (key: string, options: { readonly format?: 'string' | 'json' } = {}) => {
      const value = store.get(key)
      if (value === undefined) throw new Error('KeyNotFound')
      return options.format === 'json' ? JSON.parse(value) : value
    },
    exists: async (key: string) => store.has(key),
    count: async () => store.size,
  }
}

/** `import cf from 'cloudfront'` -> cf: cloudfront. The runtime knows no other form. */
function withoutImports(code: string): { readonly source: string; readonly names: ReadonlyMap<string, string> } {
  const names = new Map<string, string>()
  const source = code.replace(/^\s*import\s+(\w+)\s+from\s+['"](\w+)['"];?/gm, (_all, name: string, module: string) => {
    names.set(name, module)
    return ''
  })
  return { source, names }
}

function moduleOf(modules: Readonly<Record<string, unknown>>, name: string): unknown {
  if (!(name in modules)) throw new TypeError(`the CloudFront runtime has no module ${name}`)
  return modules[name]
}

function isObject(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object'
}
