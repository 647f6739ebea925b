/** How a person proved who they are, as ID tokens say it: `amr` by RFC 8176, `acr` by OpenID Connect Core 1.0 section 2. Which proof reaches which level is the tenant's (`sign_in_policy.ts`). */
export const ACR_PASSWORD = 'urn:gatehouse:acr:password'
export const ACR_MULTI_FACTOR = 'urn:gatehouse:acr:mfa'
/** OpenID Connect Core 1.0 section 2: the proof reaches no level. */
export const ACR_NONE = '0'
