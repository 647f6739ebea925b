/** Renderers of refusals, one per family. Anything that is not an `IamError` is a bug or an outage: logged with a request id, told as that and nothing more. */
import { type ErrorCode, IamError } from '@gatehouse/core/error.ts'
import type { HouseContext } from './house.ts'

/** Every thrown thing as a refusal that may be shown. Unknown things are logged here. */
export function toIamError(error: unknown, c: HouseContext): IamError {
  if (error instanceof IamError) {
    if (error.detail !== undefined || error.cause !== undefined)
      c.env.house.ports.log.write('warn', 'refused', { code: error.code, detail: error.detail, cause: String(error.cause ?? '') })
    return error
  }
  const requestId = c.env.house.ports.random.token(9)
  c.env.house.ports.log.write('error', 'failed', {
    requestId,
    tenant: c.env.here?.tenant.id,
    path: new URL(c.req.url).pathname,
    error: error instanceof Error ? (error.stack ?? error.message) : String(error),
  })
  return new IamError('server_error', `something went wrong on our side; the request id is ${requestId}`)
}

/** OAuth JSON: RFC 6749 section 5.2, RFC 6750 section 3 where `scheme` is Bearer. */
export function oauthError(thrown: unknown, c: HouseContext): Response {
  const error = toIamError(thrown, c)
  const headers: Record<string, string> = { 'content-type': 'application/json', ...UNKEPT, ...retryAfter(error) }
  const authenticate = AUTHENTICATE[error.code]
  // RFC 6750 section 3.1: who sent no token is told how, and nothing of an error.
  if (error.code === 'unauthenticated') headers['www-authenticate'] = `Bearer realm="${c.env.here.issuer}"`
  else if (authenticate)
    headers['www-authenticate'] = `${authenticate(c, error)}, error="${error.code}", error_description="${printable(error.description)}"`
  const body = { error: SPOKEN[error.code]?.error ?? error.code, error_description: printable(error.description) }
  return new Response(JSON.stringify(body), { status: SPOKEN[error.code]?.status ?? error.status, headers })
}

/** problem+json: RFC 9457. `type` is a URN of the code; `errors` lists fields. */
export function problem(thrown: unknown, c: HouseContext): Response {
  const error = toIamError(thrown, c)
  const headers: Record<string, string> = { 'content-type': 'application/problem+json', ...UNKEPT, ...retryAfter(error) }
  const authenticate = AUTHENTICATE[error.code]
  if (authenticate) headers['www-authenticate'] = `${authenticate(c, error)}, error="${error.code}"`
  const errors =
    error.fields &&
    Object.entries(error.fields).map(([pointer, detail]) => ({ pointer: pointer.startsWith('/') ? pointer : `/${pointer}`, detail }))
  const body = {
    type: `urn:gatehouse:error:${error.code}`,
    title: error.code.replaceAll('_', ' '),
    status: error.status,
    detail: error.description,
    ...(errors ? { errors } : {}),
  }
  return new Response(JSON.stringify(body), { status: error.status, headers })
}

const UNKEPT = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }

/** What a form may be refused for, which RFC 6749 knows only as `invalid_request`. Its 400 makes way for the status that tells a client to send less (RFC 9110 section 15.5.14). */
const SPOKEN: Partial<Record<ErrorCode, { readonly error: ErrorCode; readonly status: number }>> = {
  unsupported_media_type: { error: 'invalid_request', status: 400 },
  too_large: { error: 'invalid_request', status: 413 },
}

const AUTHENTICATE: Partial<Record<ErrorCode, (c: HouseContext, error: IamError) => string>> = {
  invalid_client: (c) => `Basic realm="${c.env.here.issuer}"`,
  invalid_token: (c) => `Bearer realm="${c.env.here.issuer}"`,
  insufficient_scope: (c) => `Bearer realm="${c.env.here.issuer}"`,
}

function retryAfter(error: IamError): Record<string, string> {
  return error.retryAfterSeconds === undefined ? {} : { 'retry-after': String(error.retryAfterSeconds) }
}

/** RFC 6749 section 5.2 and appendix A.8: no quote, no backslash, printable ASCII only. */
function printable(text: string): string {
  return text.replace(/[^\x20-\x21\x23-\x5b\x5d-\x7e]/g, '?')
}
