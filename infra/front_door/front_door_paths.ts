/** Which paths CloudFront may keep. One table for the distribution's behaviours and for the function that watches over them. */

/** As CloudFront matches them, before the function runs; `*` also stands for slashes. Held for everybody of the tenant. */
export const PUBLIC_PATTERNS = ['/oauth2/jwks', '/t/*/oauth2/jwks', '/.well-known/*', '/t/*/.well-known/*'] as const
/** Files out of the bucket. */
export const ASSET_PATTERNS = ['/_assets/*', '/account/assets/*', '/t/*/account/assets/*'] as const

/**
 * A path that a pattern takes, though it is none of ours, must never be answered by another function: what that says to one
 * person would be kept for all (web cache deception). Anything that looks like a kept path is one, or is nowhere.
 */
export const LOOKS_KEPT = /^\/_assets\/|\/account\/assets\/|\/oauth2\/jwks$|\/\.well-known\//
/** Below the issuer. */
export const PUBLIC = /^\/oauth2\/jwks$|^\/\.well-known\/[^/]+$/
export const ASSET = /^\/account\/assets\/[^/]+$/
/** From the origin's root: the pages' own. */
export const PAGE_ASSET = /^\/_assets\/[^/]+$/
