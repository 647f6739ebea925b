import { buildSync } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { atOrigin, type Door, JO, openDoor, openScene, type Scene, signInAndAllow } from './scene.ts'

/** The single-page application: everything that it does, it does in the browser, across origins. */
const PAGE = `<!doctype html><html lang="en"><title>Single page</title><main><h1>Single page</h1>
<button id="login">Log in</button> <button id="renew">Renew</button> <button id="logout">Log out</button>
<p id="said">nobody</p></main><script src="/page.js"></script></html>`

const pageScript = (authority: string): string => `
import { UserManager } from 'oidc-client-ts'
const manager = new UserManager({
  authority: ${JSON.stringify(authority)}, client_id: 'oidc-client-ts', redirect_uri: location.origin + '/callback',
  post_logout_redirect_uri: location.origin + '/bye', scope: 'openid profile offline_access', loadUserInfo: true, monitorSession: false,
})
const say = (text) => { document.getElementById('said').textContent = text }
const attempt = (work) => work().catch((error) => say('failed: ' + error.message))
document.getElementById('login').onclick = () => attempt(() => manager.signinRedirect({ prompt: 'consent' }))
document.getElementById('logout').onclick = () => attempt(() => manager.signoutRedirect())
document.getElementById('renew').onclick = () => attempt(async () => {
  const before = await manager.getUser()
  const after = await manager.signinSilent()
  say(after.access_token === before.access_token ? 'the same token' : 'a new token for ' + after.profile.given_name)
})
if (location.pathname === '/callback') attempt(async () => say('signed in: ' + (await manager.signinRedirectCallback()).profile.given_name))
if (location.pathname === '/bye') attempt(async () => { await manager.signoutRedirectCallback(); say('signed out') })
`

function bundle(script: string): string {
  const built = buildSync({ stdin: { contents: script, resolveDir: import.meta.dirname }, bundle: true, format: 'iife', write: false })
  return built.outputFiles[0]?.text ?? ''
}

describe('oidc-client-ts, a single-page application without a secret', () => {
  let scene: Scene
  let door: Door
  const files: Record<string, { type: string; body: string }> = { '*': { type: 'text/html', body: PAGE } }

  beforeAll(async () => {
    door = await openDoor(files)
    scene = await openScene({
      client_id: 'oidc-client-ts',
      client_name: 'A single page',
      token_endpoint_auth_method: 'none',
      redirect_uris: [`${door.origin}/callback`],
      post_logout_redirect_uris: [`${door.origin}/bye`],
      grant_types: ['authorization_code', 'refresh_token'],
      scope: 'openid profile offline_access',
      gatehouse_claims: [{ name: 'given_name', essential: true }],
    })
    files['/page.js'] = { type: 'text/javascript', body: bundle(pageScript(scene.issuer)) }
  })
  afterAll(async () => {
    await scene.close()
    await door.close()
  })

  test('signs in, renews without a person, and logs out', async () => {
    const jo = await scene.arrive()

    await jo.goTo(door.origin)
    await jo.press('Log in')
    await signInAndAllow(jo, door.origin)
    await jo.sees(`signed in: ${JO.name.givenName}`)

    await jo.press('Renew')
    await jo.sees(`a new token for ${JO.name.givenName}`)

    await jo.press('Log out')
    await atOrigin(jo, door.origin)
    await jo.sees('signed out')
    expect(jo.troubles).toEqual([])
    await jo.leave()
  })

  test('a page of an origin that no application registered reads no answer of the token endpoint', async () => {
    const stranger = await scene.arrive()
    const elsewhere = await openDoor()
    await stranger.goTo(elsewhere.origin)

    const metadata = await (await fetch(`${scene.issuer}/.well-known/openid-configuration`)).json()
    const canReadTokenEndpoint = (): Promise<boolean> =>
      stranger.page.evaluate(async (url) => {
        const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: 'oidc-client-ts', refresh_token: 'none' })
        return fetch(url, { method: 'POST', body }).then(
          () => true,
          () => false,
        )
      }, metadata.token_endpoint)

    expect(await canReadTokenEndpoint()).toBe(false)
    await stranger.goTo(door.origin)
    expect(await canReadTokenEndpoint()).toBe(true)
    await stranger.leave()
    await elsewhere.close()
  })
})
