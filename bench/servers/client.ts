/** The one application that every server of the bench knows, in RFC 7591's words, and its people. */
export const CLIENT = {
  client_id: 'bench',
  client_secret: 'bench-secret-of-thirty-two-characters',
  client_name: 'Bench',
  redirect_uris: ['https://bench.example/callback'],
  grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
  response_types: ['code'],
  token_endpoint_auth_method: 'client_secret_basic',
  id_token_signed_response_alg: 'ES256',
  application_type: 'web',
} as const

/** `offline_access` is what oidc-provider gives a refresh token for. */
export const SCOPE = 'openid profile email offline_access'

export const PEOPLE = 200
export const PASSWORD = 'correct-horse-battery-9'

export function userName(number: number): string {
  return `person-${number}`
}

/** Hashes of people who came from another system: nobody of the bench knows their passwords. */
export const IMPORTED_HASHES = {
  ssha: '{SSHA}P90+qijSp8MJ1tN25j5o1PflUvlqjXHOGeOckw==',
  bcrypt: '$2b$08$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O',
} as const
export type ImportedSort = keyof typeof IMPORTED_HASHES
export const IMPORTED_EACH = 50

export function importedUserName(sort: ImportedSort, number: number): string {
  return `from-${sort}-${number}`
}

/** Every server answers one and the same person's profile, so that tokens and userinfo are of like size. */
export function profile(name: string): { given_name: string; family_name: string; email: string; email_verified: boolean } {
  return { given_name: 'Rowan', family_name: 'Reed', email: `${name}@bench.example`, email_verified: true }
}
