import * as client from 'openid-client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOrigin, type Door, JO, openDoor, openScene, type Scene, signInAndAllow } from './scene.ts'

const SECRET = 'openid-client-secret-of-the-conformance-suite'

describe('openid-client, knowing issuer, id and secret only', () => {
  let scene: Scene
  let door: Door
  let redirectUri: string

  beforeAll(async () => {
    door = await openDoor()
    redirectUri = `${door.origin}/callback`
    scene = await openScene({
      client_id: 'openid-client',
      client_name: 'A client by openid-client',
      client_secret: SECRET,
      redirect_uris: [redirectUri],
      post_logout_redirect_uris: [`${door.origin}/bye`],
      grant_types: ['authorization_code', 'refresh_token', 'client_credentials'],
      scope: 'openid profile email offline_access',
      gatehouse_claims: [{ name: 'given_name', essential: true }],
    })
  })
  afterAll(async () => {
    await scene.close()
    await door.close()
  })

  const discover = (): Promise<client.Configuration> =>
    client.discovery(new URL(scene.issuer), 'openid-client', SECRET, undefined, { execute: [client.allowInsecureRequests] })

  test('signs a person in, reads the attributes, refreshes, introspects, revokes and logs out', async () => {
    const configuration = await discover()
    const jo = await scene.arrive()
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const checks = { pkceCodeVerifier, expectedState: client.randomState(), expectedNonce: client.randomNonce(), idTokenExpected: true }
    const authorizationUrl = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid profile email offline_access',
      // OpenID Connect Core 1.0 section 11: offline access is granted where the person is asked
      prompt: 'consent',
      state: checks.expectedState,
      nonce: checks.expectedNonce,
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })

    await jo.goTo(authorizationUrl.href)
    await signInAndAllow(jo, door.origin)
    const tokens = await client.authorizationCodeGrant(configuration, new URL(jo.page.url()), checks)
    const claims = tokens.claims()
    if (claims === undefined || tokens.refresh_token === undefined) throw new Error('no ID token or no refresh token came')

    const userinfo = await client.fetchUserInfo(configuration, tokens.access_token, claims.sub)
    expect(userinfo.given_name).toBe(JO.name.givenName)

    const refreshed = await client.refreshTokenGrant(configuration, tokens.refresh_token)
    expect((await client.tokenIntrospection(configuration, refreshed.access_token)).active).toBe(true)
    const refreshToken = refreshed.refresh_token ?? tokens.refresh_token
    await client.tokenRevocation(configuration, refreshToken)
    await expect(client.refreshTokenGrant(configuration, refreshToken)).rejects.toMatchObject({ error: 'invalid_grant' })
    expect((await client.tokenIntrospection(configuration, refreshed.access_token)).active).toBe(false)

    const endSessionUrl = client.buildEndSessionUrl(configuration, {
      id_token_hint: tokens.id_token ?? '',
      post_logout_redirect_uri: `${door.origin}/bye`,
      state: 'until-then',
    })
    await jo.goTo(endSessionUrl.href)
    await atOrigin(jo, door.origin)
    expect(new URL(jo.page.url()).searchParams.get('state')).toBe('until-then')
    await jo.leave()
  })

  test('gets a token in its own name', async () => {
    const tokens = await client.clientCredentialsGrant(await discover())

    expect(tokens.token_type.toLowerCase()).toBe('bearer')
    expect(tokens.expires_in).toBeGreaterThan(0)
  })

  test('with prompt=none and nobody signed in, hears login_required', async () => {
    const configuration = await discover()
    const stranger = await scene.arrive()
    const pkceCodeVerifier = client.randomPKCECodeVerifier()
    const url = client.buildAuthorizationUrl(configuration, {
      redirect_uri: redirectUri,
      scope: 'openid',
      prompt: 'none',
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    })

    await stranger.goTo(url.href)

    const grant = client.authorizationCodeGrant(configuration, new URL(stranger.page.url()), { pkceCodeVerifier })
    await expect(grant).rejects.toMatchObject({ error: 'login_required' })
    await stranger.leave()
  })
})
