/** Authentication context classes that the house can reach, weakest first: OpenID Connect Core 1.0 section 2 (`acr`). */
export const ACR_PASSWORD = 'urn:gatehouse:acr:password'

export const ACR_VALUES: readonly string[] = [ACR_PASSWORD]
