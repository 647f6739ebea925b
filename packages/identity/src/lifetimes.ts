/** How long things live, in seconds, where no tenant decides. */

/** RFC 6749 section 4.1.2 recommends at most ten minutes; a code goes through a browser's address bar, so it has one. */
export const AUTHORIZATION_CODE_SECONDS = 60
/** A second redemption within this time is refused, but ends nothing: it may be a retry of the first, whose tokens must live. */
export const CODE_REPLAY_GRACE_SECONDS = 10
/** For this long after a rotation a confidential application may present the former refresh token again. */
export const REFRESH_GRACE_SECONDS = 10
export const ID_TOKEN_SECONDS = 3600
/** OpenID Connect Back-Channel Logout 1.0 section 2.4 recommends two minutes. */
export const LOGOUT_TOKEN_SECONDS = 120
/** What `Cache-Control` of the JWKS allows. */
export const JWKS_CACHE_SECONDS = 300
/** How old the list of keys in some process may be at most (`store/cached.ts`), doubled for clocks that differ. */
export const KEY_LIST_AGE_SECONDS = 60
