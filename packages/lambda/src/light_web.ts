/**
 * Headers, Request and Response as far as the house uses them, over values that are whole: a function is handed its request at once and hands its answer
 * back at once. Node's own classes bring streams, blobs and a client with them, which cost a cold start more than the rest of the request. What is not
 * here throws, so that a new use is seen by the first test.
 */

type HeadersInit = LightHeaders | Readonly<Record<string, string>> | Iterable<readonly [string, string]>
type Body = string | Uint8Array | null

const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/
// Fetch standard, "header value": no NUL, no line break, so that no value becomes a second header.
const FORBIDDEN = /[\0\r\n]/

export class LightHeaders {
  readonly #values = new Map<string, string>()
  #cookies: string[] = []

  constructor(init?: HeadersInit | undefined) {
    if (init === undefined) return
    const pairs = init instanceof LightHeaders || Symbol.iterator in init ? init : Object.entries(init)
    for (const [name, value] of pairs as Iterable<readonly [string, string]>) this.append(name, value)
  }

  get(name: string): string | null {
    const key = name.toLowerCase()
    if (key === 'set-cookie') return this.#cookies.length > 0 ? this.#cookies.join(', ') : null
    return this.#values.get(key) ?? null
  }

  has(name: string): boolean {
    return this.get(name) !== null
  }

  set(name: string, value: string): void {
    const [key, text] = checked(name, value)
    if (key === 'set-cookie') this.#cookies = [text]
    else this.#values.set(key, text)
  }

  append(name: string, value: string): void {
    const [key, text] = checked(name, value)
    if (key === 'set-cookie') return void this.#cookies.push(text)
    const before = this.#values.get(key)
    this.#values.set(key, before === undefined ? text : `${before}, ${text}`)
  }

  delete(name: string): void {
    const key = name.toLowerCase()
    if (key === 'set-cookie') this.#cookies = []
    else this.#values.delete(key)
  }

  getSetCookie(): string[] {
    return [...this.#cookies]
  }

  forEach(each: (value: string, name: string) => void): void {
    for (const [name, value] of this) each(value, name)
  }

  *entries(): IterableIterator<[string, string]> {
    yield* this.#values
    for (const cookie of this.#cookies) yield ['set-cookie', cookie]
  }

  [Symbol.iterator](): IterableIterator<[string, string]> {
    return this.entries()
  }
}

/** What a request and an answer have in common: a body that is there, or is not. */
class Whole {
  readonly headers: LightHeaders
  readonly #body: Body

  constructor(body: Body, headers: HeadersInit | undefined) {
    if (body !== null && typeof body !== 'string' && !(body instanceof Uint8Array))
      throw new TypeError('a body is text or bytes: streams have no place in a function that answers at once')
    this.#body = body
    this.headers = headers instanceof LightHeaders ? headers : new LightHeaders(headers)
  }

  /** For those who ask whether there is one, and for the constructor of a copy. */
  get body(): Body {
    return this.#body
  }

  /** A whole body may be read again. */
  get bodyUsed(): boolean {
    return false
  }

  async text(): Promise<string> {
    const body = this.#body ?? ''
    return typeof body === 'string' ? body : Buffer.from(body).toString('utf8')
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text())
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(typeof this.#body === 'string' ? Buffer.from(this.#body) : (this.#body ?? [])).buffer
  }
}

export class LightRequest extends Whole {
  readonly url: string
  readonly method: string

  constructor(url: string, init: { readonly method?: string; readonly headers?: HeadersInit; readonly body?: Body } = {}) {
    super(init.body ?? null, init.headers)
    this.url = url
    this.method = init.method ?? 'GET'
  }
}

export class LightResponse extends Whole {
  readonly status: number

  constructor(body?: Body | undefined, init: { readonly status?: number; readonly headers?: HeadersInit } = {}) {
    super(body ?? null, new LightHeaders(init.headers))
    this.status = init.status ?? 200
    if (typeof body === 'string' && !this.headers.has('content-type')) this.headers.set('content-type', 'text/plain;charset=UTF-8')
  }

  get ok(): boolean {
    return this.status >= 200 && this.status < 300
  }

  static json(value: unknown, init: { readonly status?: number; readonly headers?: HeadersInit } = {}): LightResponse {
    const headers = new LightHeaders(init.headers)
    if (!headers.has('content-type')) headers.set('content-type', 'application/json')
    return new LightResponse(JSON.stringify(value), { ...init, headers })
  }
}

/** By the names that they stand for: `build.mjs` puts them where a bundle says these. */
export { LightHeaders as Headers, LightRequest as Request, LightResponse as Response }

function checked(name: string, value: string): [key: string, value: string] {
  const text = String(value).replace(/^[\t ]+|[\t ]+$/g, '')
  if (!NAME.test(name)) throw new TypeError('that is no name of a header')
  if (FORBIDDEN.test(text)) throw new TypeError(`the value of the header ${name} holds a line break`)
  return [name.toLowerCase(), text]
}
