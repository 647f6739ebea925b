/** The application's side of OpenID Connect: authorization code with PKCE, state and nonce; logout at the house and from the house. */
import { createRemoteJWKSet } from 'jose'
import * as oidc from 'openid-client'
import { checkLogoutToken, type EndedSession, type SpentTokens } from './logout_token.ts'
import { checkIssuer } from './loopback.ts'
import type { Pending, Person } from './sessions.ts'

export type Registration = { readonly issuer: string; readonly client_id: string; readonly client_secret: string }
export type Addresses = { readonly redirect_uri: string; readonly post_logout_redirect_uri: string }

/** Why nobody was signed in. `detail` is for the log. */
export type SignInFailure = 'unreachable' | 'denied' | 'unfinished' | 'refused'

export class SignInError extends Error {
  override readonly name = 'SignInError'
  readonly failure: SignInFailure

  constructor(failure: SignInFailure, detail: string, cause?: unknown) {
    super(detail, { cause })
    this.failure = failure
  }
}

export type RelyingParty = ReturnType<typeof createRelyingParty>

export function createRelyingParty(registration: Registration, addresses: Addresses, scope: string, now: () => number) {
  const spent: SpentTokens = new Map()
  const house = rememberHouse(registration)

  return {
    /** Where to send the browser, and what its return must match. */
    async begin(): Promise<{ url: URL; pending: Pending }> {
      // Looked up anew, so that a house that is down is told of by this application and not by the browser's error page.
      house.forget()
      const { configuration } = await house.load()
      const pending = { state: oidc.randomState(), nonce: oidc.randomNonce(), codeVerifier: oidc.randomPKCECodeVerifier() }
      const url = oidc.buildAuthorizationUrl(configuration, {
        redirect_uri: addresses.redirect_uri,
        scope,
        state: pending.state,
        nonce: pending.nonce,
        code_challenge: await oidc.calculatePKCECodeChallenge(pending.codeVerifier),
        code_challenge_method: 'S256',
      })
      return { url, pending }
    },

    /** `query` is the callback's. state, iss, signature, aud, nonce and expiry are checked by `openid-client`. */
    async finish(query: string, pending: Pending): Promise<Person> {
      const { configuration } = await house.load()
      try {
        const tokens = await oidc.authorizationCodeGrant(configuration, new URL(`${addresses.redirect_uri}${query}`), {
          pkceCodeVerifier: pending.codeVerifier,
          expectedState: pending.state,
          expectedNonce: pending.nonce,
          idTokenExpected: true,
        })
        const idToken = tokens.claims()
        if (idToken === undefined || tokens.id_token === undefined) throw new SignInError('refused', 'no ID token came')
        const userinfo = await oidc.fetchUserInfo(configuration, tokens.access_token, idToken.sub)
        const sid = typeof idToken.sid === 'string' ? idToken.sid : undefined
        return { subject: idToken.sub, sid, idToken: tokens.id_token, claims: { ...idToken, ...userinfo } }
      } catch (error) {
        const refusal = asSignInError(error)
        // A house that was reset or moved has new keys and addresses: look them up again next time.
        if (refusal.failure !== 'denied') house.forget()
        throw refusal
      }
    },

    /** RP-Initiated Logout 1.0 section 2; undefined where the house has no such page. */
    async logoutUrl(person: Person): Promise<URL | undefined> {
      const { configuration } = await house.load()
      if (configuration.serverMetadata().end_session_endpoint === undefined) return undefined
      return oidc.buildEndSessionUrl(configuration, {
        id_token_hint: person.idToken,
        post_logout_redirect_uri: addresses.post_logout_redirect_uri,
      })
    },

    async checkLogoutToken(token: string): Promise<EndedSession> {
      const { configuration, keys } = await house.load()
      const { issuer } = configuration.serverMetadata()
      return checkLogoutToken(token, { issuer, client_id: registration.client_id, keys, now: now(), spent })
    },
  }
}

type House = { readonly configuration: oidc.Configuration; readonly keys: ReturnType<typeof createRemoteJWKSet> }

/** Discovered when first needed, since the house may start after the application; a failure is not remembered. */
function rememberHouse({ issuer, client_id, client_secret }: Registration) {
  const address = checkIssuer(issuer)
  const execute = address.protocol === 'http:' ? [oidc.allowInsecureRequests] : []
  let known: Promise<House> | undefined

  async function discover(): Promise<House> {
    const configuration = await oidc.discovery(address, client_id, undefined, oidc.ClientSecretBasic(client_secret), {
      execute,
      timeout: 10,
    })
    const { jwks_uri } = configuration.serverMetadata()
    if (jwks_uri === undefined) throw new SignInError('refused', `${issuer} publishes no keys`)
    return { configuration, keys: createRemoteJWKSet(new URL(jwks_uri)) }
  }

  return {
    load(): Promise<House> {
      known ??= discover().catch((error: unknown) => {
        known = undefined
        throw asSignInError(error)
      })
      return known
    },
    forget(): void {
      known = undefined
    },
  }
}

function asSignInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error
  if (error instanceof oidc.AuthorizationResponseError) {
    return new SignInError(
      error.error === 'access_denied' ? 'denied' : 'refused',
      `${error.error}: ${error.error_description ?? ''}`,
      error,
    )
  }
  if (error instanceof oidc.ResponseBodyError) return new SignInError('refused', `${error.error}: ${error.error_description ?? ''}`, error)
  const detail = error instanceof Error ? error.message : String(error)
  return new SignInError(isNetwork(error) ? 'unreachable' : 'refused', detail, error)
}

/** `fetch` reports a refused or reset connection as a TypeError; the rest are answers that no house in order gives. */
function isNetwork(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (error instanceof TypeError) return code === undefined
  return code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' || code === 'OAUTH_RESPONSE_IS_NOT_JSON'
}
