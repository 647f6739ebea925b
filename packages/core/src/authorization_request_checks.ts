/**
 * The checks of the authorization request, as one table of check x endpoint, so that a reviewer sees which endpoint lacks one: RFC 6749 section
 * 4.1.1, RFC 7636 section 4.3, OpenID Connect Core 1.0 section 3.1.2.1. Application and redirect URI are verified before, since these refusals go there.
 */

import { type Application, isConfidential } from './application.ts'
import type { AuthorizationRequest, Prompt } from './authorization_request.ts'
import { type ClaimsParameter, parseClaimsParameter } from './claims_parameter.ts'
import { type ErrorCode, IamError } from './error.ts'
import type { ParsedParameters } from './parameters.ts'
import { readCodeChallenge } from './pkce.ts'
import { checkScope, parseScope } from './scope.ts'

/** Endpoints that take authorization requests. */
export type RequestEndpoint = 'authorize'

type Asked = {
  readonly parameters: ParsedParameters['values']
  readonly repeated: readonly string[]
  readonly application: Application
  readonly claims: ClaimsParameter
  /** Levels that the tenant knows. */
  readonly acrSupported: readonly string[]
}

// biome-ignore format: one check per line reads as a table
const CHECKS: readonly { readonly check: (asked: Asked) => void; readonly authorize: boolean }[] = [
  { check: checkNothingRepeated,        authorize: true },
  { check: checkNothingUnsupported,     authorize: true },
  { check: checkResponseType,           authorize: true },
  { check: checkGrantType,              authorize: true },
  { check: checkResponseMode,           authorize: true },
  { check: checkSizes,                  authorize: true },
  { check: checkAcr,                    authorize: true },
]

/** All checks of the endpoint in the table's order, then the request; `subject` is that of a `sub` claim with a value. */
export function readAuthorizationRequest(
  { values: parameters, repeated }: ParsedParameters,
  application: Application,
  redirectUri: string,
  endpoint: RequestEndpoint,
  acrSupported: readonly string[],
): { readonly request: AuthorizationRequest; readonly subject: string | undefined } {
  const claims = parseClaimsParameter(parameters.get('claims'))
  for (const row of CHECKS) if (row[endpoint]) row.check({ parameters, repeated, application, claims, acrSupported })
  const codeChallenge = readCodeChallenge(
    parameters.get('code_challenge'),
    parameters.get('code_challenge_method'),
    application.gatehouse_require_pkce || !isConfidential(application),
  )
  const maxAge = readMaxAge(parameters.get('max_age')) ?? application.default_max_age
  const request: AuthorizationRequest = {
    clientId: application.client_id,
    redirectUri,
    responseType: 'code',
    responseMode: responseModeOf(parameters) ?? 'query',
    scopes: readScopes(parameters.get('scope'), application),
    prompt: readPrompt(parameters.get('prompt')),
    uiLocales: words(parameters.get('ui_locales')).slice(0, 10),
    ...readAcr(parameters, claims),
    claims: { idToken: claims.idToken, userinfo: claims.userinfo },
    state: parameters.get('state'),
    nonce: parameters.get('nonce'),
    codeChallenge,
    maxAge,
    loginHint: parameters.get('login_hint')?.slice(0, 256),
  }
  return { request, subject: claims.subject }
}

/** Undefined for one that is not supported: a refusal of it still has to be sent somehow, and goes by query. */
export function responseModeOf(parameters: ParsedParameters['values']): AuthorizationRequest['responseMode'] | undefined {
  const mode = parameters.get('response_mode') ?? 'query'
  return mode === 'query' || mode === 'form_post' ? mode : undefined
}

function checkNothingRepeated({ repeated }: Asked): void {
  if (repeated.length > 0) throw new IamError('invalid_request', `${repeated[0]} came more than once`)
}

/** OpenID Connect Core 1.0 sections 6 and 7.2.1. Refused, never ignored: what they hold may be stricter than what stands beside them. */
const UNSUPPORTED: readonly (readonly [parameter: string, code: ErrorCode])[] = [
  ['request', 'request_not_supported'],
  ['request_uri', 'request_uri_not_supported'],
  ['registration', 'registration_not_supported'],
]

function checkNothingUnsupported({ parameters }: Asked): void {
  const came = UNSUPPORTED.find(([parameter]) => parameters.has(parameter))
  if (came) throw new IamError(came[1], `the parameter ${came[0]} is not supported`)
}

function checkResponseType({ parameters }: Asked): void {
  const type = parameters.get('response_type')
  if (type === undefined) throw new IamError('invalid_request', 'response_type is missing')
  if (type !== 'code') throw new IamError('unsupported_response_type', 'response_type must be code')
}

function checkGrantType({ application }: Asked): void {
  if (!application.grant_types.includes('authorization_code'))
    throw new IamError('unauthorized_client', 'this application is not registered for the authorization_code grant')
}

function checkResponseMode({ parameters }: Asked): void {
  if (responseModeOf(parameters) === undefined) throw new IamError('invalid_request', 'response_mode must be query or form_post')
}

const MAXIMUM_CHARACTERS: Readonly<Record<string, number>> = { state: 4096, nonce: 512, acr_values: 1024, ui_locales: 512 }

function checkSizes({ parameters }: Asked): void {
  for (const [name, maximum] of Object.entries(MAXIMUM_CHARACTERS)) {
    if ((parameters.get(name)?.length ?? 0) > maximum) throw new IamError('invalid_request', `${name} is longer than ${maximum} characters`)
  }
}

/** OpenID Connect Core 1.0 section 5.5.1.1, Unmet Authentication Requirements 1.0: nobody can reach a level that the tenant does not know. */
function checkAcr({ claims: { acr }, acrSupported }: Asked): void {
  if (acr?.essential && acr.narrowed && !acr.values.some((value) => acrSupported.includes(value))) {
    throw new IamError('unmet_authentication_requirements', 'none of the essential acr values can be reached here')
  }
}

/**
 * OpenID Connect Core 1.0 section 5.5.1.1: an essential acr that is not reached is a failed sign-in, which the composition of the sign-in sees to; wishes
 * beside it would only blur what must be.
 */
function readAcr(
  parameters: ParsedParameters['values'],
  { acr }: ClaimsParameter,
): Pick<AuthorizationRequest, 'acrValues' | 'acrEssential'> {
  const essential = acr?.essential === true && acr.narrowed
  const wished = [...(acr?.values ?? []), ...(essential ? [] : words(parameters.get('acr_values')))]
  return { acrValues: [...new Set(wished)].slice(0, 10), ...(essential ? { acrEssential: true } : {}) }
}

/** Left out: what the application is registered for. `offline_access` without refresh tokens is ignored (OpenID Connect Core 1.0 section 11). */
function readScopes(scope: string | undefined, application: Application): string[] {
  const registered = parseScope(application.scope)
  const refreshes = application.grant_types.includes('refresh_token')
  const asked = scope === undefined ? registered.filter((value) => value !== 'offline_access') : parseScope(scope)
  const wanted = asked.filter((value) => value !== 'offline_access' || refreshes)
  checkScope(wanted, registered)
  return wanted
}

const PROMPTS: readonly Prompt[] = ['none', 'login', 'consent', 'select_account', 'create']

function readPrompt(text: string | undefined): Prompt[] {
  const prompts = words(text).map((word) => {
    const prompt = PROMPTS.find((one) => one === word)
    if (prompt === undefined) throw new IamError('invalid_request', `prompt knows ${PROMPTS.join(', ')}`)
    return prompt
  })
  if (prompts.includes('none') && prompts.length > 1) throw new IamError('invalid_request', 'prompt=none stands alone')
  return [...new Set(prompts)]
}

function readMaxAge(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  if (!/^\d{1,9}$/.test(text)) throw new IamError('invalid_request', 'max_age is a number of seconds')
  return Number(text)
}

function words(text: string | undefined): string[] {
  return text === undefined ? [] : text.split(' ').filter((word) => word !== '')
}
