/** Speaks to the management API of a house: over the network, or in process by the same `fetch`. */
export type Fetch = (request: Request) => Promise<Response>

export type ApiClient = {
  readonly issuer: string
  /** Undefined: there is no such thing (404). Throws `ApiRefusal` for any other refusal. */
  get<T>(path: string): Promise<T | undefined>
  send<T>(method: 'PUT' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<T>
}

export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal'
  readonly status: number
  readonly detail: string

  /** `what`: that was refused, a request or a step of a plan. */
  constructor(status: number, what: string, detail: string, options: ErrorOptions = {}) {
    super(`${what}: ${detail}`, options)
    this.status = status
    this.detail = detail
  }
}

export function apiClient(fetch: Fetch, issuer: string, token: string): ApiClient {
  const call = async (method: string, path: string, body?: unknown): Promise<Response> =>
    fetch(
      new Request(`${issuer}/api/v1${path}`, {
        method,
        headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  return {
    issuer,
    async get<T>(path: string) {
      const response = await call('GET', path)
      if (response.status === 404) return undefined
      return read<T>(response, `GET ${path}`)
    },
    async send<T>(method: 'PUT' | 'POST' | 'PATCH' | 'DELETE', path: string, body?: unknown) {
      return read<T>(await call(method, path, body), `${method} ${path}`)
    },
  }
}

async function read<T>(response: Response, what: string): Promise<T> {
  if (response.status === 204) return undefined as T
  const text = await response.text()
  if (!response.headers.get('content-type')?.includes('json'))
    throw new ApiRefusal(response.status, what, `${response.status}, and the answer is not JSON: is this the address of a house?`)
  const body = JSON.parse(text) as { detail?: string; error_description?: string; errors?: { pointer: string; detail: string }[] }
  if (response.ok) return body as T
  const told = body.detail ?? body.error_description ?? String(response.status)
  const fields = (body.errors ?? []).map(({ pointer, detail }) => `${pointer}: ${detail}`).join('; ')
  // Mostly the field's own words are what is told of the whole: once is enough.
  const isSame = body.errors?.length === 1 && told.endsWith(body.errors[0]?.detail ?? '')
  throw new ApiRefusal(response.status, what, fields === '' ? told : isSame ? fields : `${told} (${fields})`)
}

/** All pages of a list. */
export async function getAll<T>(client: ApiClient, path: string, field: string): Promise<T[]> {
  const all: T[] = []
  let cursor: string | undefined
  do {
    const page = await client.get<Record<string, unknown> & { cursor?: string }>(
      `${path}?limit=200${cursor === undefined ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    all.push(...((page?.[field] ?? []) as T[]))
    cursor = page?.cursor
  } while (cursor !== undefined)
  return all
}

const AT_ONCE = 8

/** The steps for each of many, a few at a time: a file may name thousands. */
export async function eachOf<T, R>(all: readonly T[], ask: (one: T, index: number) => Promise<readonly R[]>): Promise<R[]> {
  const found: R[] = []
  for (let start = 0; start < all.length; start += AT_ONCE)
    found.push(...(await Promise.all(all.slice(start, start + AT_ONCE).map((one, index) => ask(one, start + index)))).flat())
  return found
}
