/**
 * Every request that the house sends to an address that somebody gave it: resolved once and pinned, never to a private or loopback
 * address (the local roof lists its own exceptions), no redirects, capped in size and time.
 */
export type EgressRequest = {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** In the place of `body`: what is no text. */
  readonly bytes?: Uint8Array
  /** Default 5,000. */
  readonly timeoutMilliseconds?: number
  /** Default 65,536. */
  readonly maximumBytes?: number
  /** How the body is given; `base64` where it is no text. Default `text`. */
  readonly answer?: 'text' | 'base64'
}

export type EgressResponse = { readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }

/** Throws `IamError('access_denied')` for an address that may not be reached, `IamError('unavailable')` for one that did not answer. */
export interface Egress {
  send(request: EgressRequest): Promise<EgressResponse>
}
