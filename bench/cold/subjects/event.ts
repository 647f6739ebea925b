/** The event of a function URL, as far as the rivals of the cold start read it, and what they answer. */

export type Event = {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly headers: Readonly<Record<string, string>>
  readonly requestContext: { readonly http: { readonly method: string } }
  readonly body?: string
}

export type Result = { readonly statusCode: number; readonly body: string }

export function toRequest(event: Event): Request {
  const { method } = event.requestContext.http
  const query = event.rawQueryString === '' ? '' : `?${event.rawQueryString}`
  return new Request(`https://bench.example${event.rawPath}${query}`, {
    method,
    headers: event.headers,
    ...(event.body === undefined ? {} : { body: event.body }),
  })
}

export async function toResult(response: Response): Promise<Result> {
  return { statusCode: response.status, body: await response.text() }
}
