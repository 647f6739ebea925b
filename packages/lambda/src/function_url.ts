/** What Lambda hands to a function behind a function URL, and takes back: payload format 2.0. Header names come in lower case, repeated ones joined by commas. */

export type FunctionUrlEvent = {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies?: readonly string[]
  readonly requestContext: { readonly http: { readonly method: string } }
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

export type FunctionUrlResult = {
  readonly statusCode: number
  readonly headers: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body: string
  readonly isBase64Encoded: boolean
}

/** Written by the front door, or by what is before it, and whatever names a certificate (RFC 9440): the door reads them, no app does. */
const NOT_FOR_APPS = /^(x-gatehouse-|x-forwarded-|x-real-ip$|cloudfront-)|cert/

/** `origin` is the front door's word; the Host header names Lambda's own host, and is not asked. */
export function toRequest(event: FunctionUrlEvent, origin: string): Request {
  const { method } = event.requestContext.http
  const headers = new Headers()
  for (const name in event.headers) {
    const value = event.headers[name]
    if (value !== undefined && !NOT_FOR_APPS.test(name)) headers.set(name, value)
  }
  headers.set('host', origin.slice(origin.indexOf('//') + 2))
  headers.delete('transfer-encoding')
  if (event.cookies && event.cookies.length > 0) headers.set('cookie', event.cookies.join('; '))
  // A path that was decoded on the way must not become a query.
  const path = event.rawPath.replace(/[?#]/g, encodeURIComponent)
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`
  const body = method === 'GET' || method === 'HEAD' ? undefined : bodyOf(event)
  // As it came, whatever was announced.
  if (body === undefined) headers.delete('content-length')
  else headers.set('content-length', String(Buffer.byteLength(body)))
  return new Request(origin + path + query, { method, headers, ...(body === undefined ? {} : { body }) })
}

export async function toResult(response: Response): Promise<FunctionUrlResult> {
  const headers: Record<string, string> = {}
  response.headers.forEach((value, name) => {
    if (name !== 'set-cookie') headers[name] = value
  })
  const cookies = response.headers.getSetCookie()
  const isText = TEXT.test(headers['content-type'] ?? 'text/plain')
  return {
    statusCode: response.status,
    headers,
    ...(cookies.length > 0 ? { cookies } : {}),
    body: isText ? await response.text() : Buffer.from(await response.arrayBuffer()).toString('base64'),
    isBase64Encoded: !isText,
  }
}

const TEXT = /^(text\/|application\/(json|javascript|xml|[\w.-]+\+(json|xml)|jwt|x-www-form-urlencoded)|image\/svg\+xml)/

function bodyOf({ body, isBase64Encoded }: FunctionUrlEvent): string | Uint8Array<ArrayBuffer> | undefined {
  if (body === undefined) return undefined
  return isBase64Encoded ? new Uint8Array(Buffer.from(body, 'base64')) : body
}
