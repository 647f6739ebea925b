import { afterAll, beforeAll, expect, test } from 'vitest'
import { describeExtra } from '../extras.ts'
import { freePort } from '../free_port.ts'
import { APACHE, type Apache, startApache } from './apache.ts'
import { atOrigin, JO, openScene, type Scene, signInAndAllow } from './scene.ts'

describeExtra("Apache's mod_auth_openidc, registered without PKCE", APACHE, () => {
  let scene: Scene
  let apache: Apache

  beforeAll(async () => {
    const registration = { port: await freePort(), clientId: 'apache', clientSecret: 'apache-secret-of-the-conformance-suite' }
    const origin = `http://localhost:${registration.port}`
    scene = await openScene({
      client_id: registration.clientId,
      client_name: 'An intranet behind Apache',
      client_secret: registration.clientSecret,
      redirect_uris: [`${origin}/protected/callback`],
      post_logout_redirect_uris: [`${origin}/bye.html`],
      grant_types: ['authorization_code'],
      scope: 'openid profile',
      gatehouse_require_pkce: false,
      gatehouse_claims: [{ name: 'given_name', essential: true }],
    })
    apache = await startApache({ ...registration, issuer: scene.issuer })
  })
  afterAll(async () => {
    await apache?.stop()
    await scene.close()
  })

  test('lets a person in with the allowed attribute, and out again', async () => {
    const jo = await scene.arrive()
    const answer = jo.page.waitForResponse((response) => response.url() === `${apache.origin}/protected/` && response.status() === 200)

    await jo.goTo(`${apache.origin}/protected/`)
    await signInAndAllow(jo, apache.origin)
    await jo.sees('Behind the door')
    expect((await answer).headers()['x-signed-in-as']).toBe(JO.name.givenName)

    await jo.goTo(`${apache.origin}/protected/callback?logout=${encodeURIComponent(`${apache.origin}/bye.html`)}`)
    await atOrigin(jo, apache.origin)
    await jo.sees('Signed out at Apache')

    await jo.goTo(`${apache.origin}/protected/`)
    await jo.page.locator('input[name="password"]').waitFor()
    expect(new URL(jo.page.url()).origin).toBe(new URL(scene.issuer).origin)
    await jo.leave()
  })
})
