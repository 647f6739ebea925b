/** How a person proved who they are, as ID tokens say it: `amr` by RFC 8176, `acr` by OpenID Connect Core 1.0 section 2. */
export const ACR_PASSWORD = 'urn:gatehouse:acr:password'

export const PASSWORD_PROOF = { amr: ['pwd'], acr: ACR_PASSWORD } as const

/** Weakest first; published as `acr_values_supported`. */
export const ACR_VALUES: readonly string[] = [ACR_PASSWORD]
