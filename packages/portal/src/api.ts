/** Speaks to `/api/v1/me` with the session's cookie. No token is ever in the browser; writes carry the CSRF token that `GET /me` gave. */
import type { ProblemDocument } from '@gatehouse/core/my_account.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
export type Send = { readonly body?: unknown; readonly version?: number }

export type Api = {
  get<T>(path: string, signal?: AbortSignal): Promise<T>
  write<T>(method: Exclude<Method, 'GET'>, path: string, send?: Send): Promise<T>
  /** Kept for the writes that follow. */
  keepCsrfToken(token: string): void
}

/** A refusal, in the words of RFC 9457. `code` is the last part of its `type`. */
export class ApiProblem extends Error {
  override readonly name = 'ApiProblem'
  readonly code: string
  readonly status: number
  readonly fields: Readonly<Record<string, string>>
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, status: number, detail: string, fields: Readonly<Record<string, string>> = {}, retryAfterSeconds?: number) {
    super(detail)
    this.code = code
    this.status = status
    this.fields = fields
    this.retryAfterSeconds = retryAfterSeconds
  }
}

export type Leave = {
  /** Nobody is signed in any more. */
  signIn(): void
  /** This needs a fresh proof of who the person is; the way leads back here. */
  reauthenticate(): void
}

export function openApi(basePath: string, language: () => string, leave: Leave): Api {
  let csrfToken = ''
  const ask = async <T>(method: Method, path: string, send: Send = {}, signal?: AbortSignal): Promise<T> => {
    const headers: Record<string, string> = { accept: 'application/json', 'accept-language': language() }
    if (method !== 'GET') headers['x-csrf-token'] = csrfToken
    if (send.body !== undefined) headers['content-type'] = 'application/json'
    if (send.version !== undefined) headers['if-match'] = `"${send.version}"`
    const response = await fetch(`${basePath}/api/v1/me${path}`, {
      method,
      headers,
      credentials: 'same-origin',
      ...(send.body === undefined ? {} : { body: JSON.stringify(send.body) }),
      ...(signal ? { signal } : {}),
    }).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === 'AbortError') throw cause
      throw new ApiProblem('network', 0, String(cause))
    })
    if (!response.ok) {
      const problem = await problemOf(response)
      if (problem.code === 'unauthenticated') leave.signIn()
      if (problem.code === 'reauthentication_required') leave.reauthenticate()
      throw problem
    }
    // an answer without content is typed as void by the caller
    return (response.status === 204 ? undefined : await response.json()) as T
  }
  return {
    get: (path, signal) => ask('GET', path, {}, signal),
    write: (method, path, send) => ask(method, path, send),
    keepCsrfToken: (token) => {
      csrfToken = token
    },
  }
}

async function problemOf(response: Response): Promise<ApiProblem> {
  const retryAfter = Number(response.headers.get('retry-after')) || undefined
  const document: Partial<ProblemDocument> = await response.json().catch(() => ({}))
  const fields = Object.fromEntries((document.errors ?? []).map(({ pointer, detail }) => [pointer.replace(/^\//, ''), detail]))
  return new ApiProblem(
    document.type?.split(':').at(-1) ?? 'server_error',
    response.status,
    document.detail ?? response.statusText,
    fields,
    retryAfter,
  )
}
