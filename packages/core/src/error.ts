/** The one refusal that a caller may know of. Renderers at the door (`http/`) turn it into OAuth JSON, problem+json or a page. */

/** Code to HTTP status. OAuth and OpenID Connect codes are the standards' own; the rest is ours, in the same shape. */
export const ERROR_STATUS = {
  // RFC 6749 section 4.1.2.1 and 5.2
  invalid_request: 400,
  invalid_client: 401,
  invalid_grant: 400,
  unauthorized_client: 400,
  unsupported_grant_type: 400,
  unsupported_response_type: 400,
  invalid_scope: 400,
  access_denied: 403,
  server_error: 500,
  temporarily_unavailable: 503,
  // RFC 6750 section 3.1
  invalid_token: 401,
  insufficient_scope: 403,
  // OpenID Connect Core 1.0 section 3.1.2.6
  login_required: 400,
  consent_required: 400,
  interaction_required: 400,
  account_selection_required: 400,
  request_not_supported: 400,
  request_uri_not_supported: 400,
  registration_not_supported: 400,
  unmet_authentication_requirements: 400,
  // RFC 7009 section 2.2.1
  unsupported_token_type: 400,
  // ours
  unauthenticated: 401,
  reauthentication_required: 401,
  forbidden: 403,
  csrf: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  already_decided: 409,
  gone: 410,
  link_expired: 410,
  too_large: 413,
  unsupported_media_type: 415,
  validation_failed: 422,
  too_many_requests: 429,
  unavailable: 503,
} as const

export type ErrorCode = keyof typeof ERROR_STATUS

export type ErrorExtras = {
  /** For the log only; no secrets. */
  detail?: string
  cause?: unknown
  /** Seconds after which a new try may succeed; rendered as `Retry-After`. */
  retryAfterSeconds?: number
  /** JSON pointer or field name -> what is wrong with it, for forms and for problem+json. */
  fields?: Readonly<Record<string, string>>
}

export class IamError extends Error {
  override readonly name = 'IamError'
  readonly code: ErrorCode
  /** For the caller: says what came and what was expected, or, where that helps an attacker, one same sentence for all cases. */
  readonly description: string
  readonly detail: string | undefined
  readonly retryAfterSeconds: number | undefined
  readonly fields: Readonly<Record<string, string>> | undefined

  constructor(code: ErrorCode, description: string, extras: ErrorExtras = {}) {
    super(`${code}: ${description}`, extras.cause === undefined ? undefined : { cause: extras.cause })
    this.code = code
    this.description = description
    this.detail = extras.detail
    this.retryAfterSeconds = extras.retryAfterSeconds
    this.fields = extras.fields
  }

  get status(): (typeof ERROR_STATUS)[ErrorCode] {
    return ERROR_STATUS[this.code]
  }
}
