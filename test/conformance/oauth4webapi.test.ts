import * as oauth from 'oauth4webapi'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Door, JO, openDoor, openScene, type Scene, signInAndAllow } from './scene.ts'

const SECRET = 'oauth4webapi: a secret with &=+% and spaces'
const insecure = { [oauth.allowInsecureRequests]: true }

describe('oauth4webapi, the strictest reader of the standards', () => {
  let scene: Scene
  let door: Door
  let redirectUri: string
  const application: oauth.Client = { client_id: 'oauth4webapi' }

  beforeAll(async () => {
    door = await openDoor()
    redirectUri = `${door.origin}/callback`
    scene = await openScene({
      client_id: application.client_id,
      client_name: 'A client by oauth4webapi',
      client_secret: SECRET,
      redirect_uris: [redirectUri],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile email',
      gatehouse_claims: [{ name: 'email', essential: true }],
    })
  })
  afterAll(async () => {
    await scene.close()
    await door.close()
  })

  test.each(['oidc', 'oauth2'] as const)('finds the same metadata by %s discovery', async (algorithm) => {
    const issuer = new URL(scene.issuer)

    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, { algorithm, ...insecure }))

    expect(server.authorization_response_iss_parameter_supported).toBe(true)
    expect(server.code_challenge_methods_supported).toEqual(['S256'])
  })

  test('signs a person in; the ID token verifies by the published keys, and userinfo speaks of the same person', async () => {
    const issuer = new URL(scene.issuer)
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))
    const verifier = oauth.generateRandomCodeVerifier()
    const [state, nonce] = [oauth.generateRandomState(), oauth.generateRandomNonce()]
    const url = new URL(server.authorization_endpoint ?? '')
    url.search = new URLSearchParams({
      client_id: application.client_id,
      redirect_uri: redirectUri,
      response_type: 'code',
      scope: 'openid profile email',
      code_challenge: await oauth.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      state,
      nonce,
      max_age: '600',
    }).toString()
    const jo = await scene.arrive()

    await jo.goTo(url.href)
    await signInAndAllow(jo, door.origin)
    const parameters = oauth.validateAuthResponse(server, application, new URL(jo.page.url()), state)
    const authentication = oauth.ClientSecretBasic(SECRET)
    const redeem = (): Promise<Response> =>
      oauth.authorizationCodeGrantRequest(server, application, authentication, parameters, redirectUri, verifier, insecure)
    const response = await redeem()
    const tokens = await oauth.processAuthorizationCodeResponse(server, application, response, {
      expectedNonce: nonce,
      maxAge: 600,
      requireIdToken: true,
    })
    await oauth.validateApplicationLevelSignature(server, response, insecure)

    const claims = oauth.getValidatedIdTokenClaims(tokens)
    if (claims === undefined) throw new Error('no ID token came')
    const userinfo = await oauth.userInfoRequest(server, application, tokens.access_token, insecure)
    expect((await oauth.processUserInfoResponse(server, application, claims.sub, userinfo)).email).toBe(JO.emails[0]?.value)

    const again = oauth.processAuthorizationCodeResponse(server, application, await redeem(), { expectedNonce: nonce })
    await expect(again).rejects.toMatchObject({ error: 'invalid_grant' })
    await jo.leave()
  })

  test('with a wrong secret, hears invalid_client', async () => {
    const issuer = new URL(scene.issuer)
    const server = await oauth.processDiscoveryResponse(issuer, await oauth.discoveryRequest(issuer, insecure))

    const response = await oauth.refreshTokenGrantRequest(server, application, oauth.ClientSecretBasic('wrong'), 'any', insecure)

    expect(response.status).toBe(401)
    expect(response.headers.get('www-authenticate')).toMatch(/^Basic /)
    expect(await response.json()).toMatchObject({ error: 'invalid_client' })
  })
})
