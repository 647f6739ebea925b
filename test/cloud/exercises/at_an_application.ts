/** What an application and a person do with each other: sign in, consent, code, tokens, userinfo, refresh, introspection, revocation, logout. */
import { openStores } from '@gatehouse/store/stores.ts'
import type { Jar } from '../../fixture/browser_jar.ts'
import { must, type Scene } from './scene.ts'

const CLIENT = `Basic ${Buffer.from('pickup-dispatch:pickup-dispatch-secret').toString('base64')}`

export async function signsInAtAnApplication(scene: Scene): Promise<void> {
  const { who, refreshed } = await getsTokens(scene)
  await post(scene.house.issuer(), '/oauth2/revoke', { token: String(refreshed.refresh_token) })
  const revoked = await post(scene.house.issuer(), '/oauth2/introspect', { token: String(refreshed.access_token) })
  must(revoked.active === false, 'a revoked grant is still active')
  await signsOut(scene, who)
}

/** The application does not answer when it is told of the logout: it is told again by the sweeper, when the time has come. */
export async function isToldLaterOfALogout(scene: Scene): Promise<void> {
  const { box, inside } = scene.house
  const inAnHour = { now: () => Date.now() + 3_600_000 }
  const { lateLogouts } = openStores({ ...inside.house.ports, clock: inAnHour }).forTenant('main')
  const { who } = await getsTokens(scene)
  box.world.deaf = true
  try {
    await signsOut(scene, who)
  } finally {
    box.world.deaf = false
  }
  const late = await lateLogouts.listDue(10)
  must(late.length > 0, 'nobody is to be told later')
  for (const one of late) await lateLogouts.postpone(one, { ...one, dueAt: Math.floor(Date.now() / 1000) - 60 })
  await box.events.ring()
  await scene.settled()
  must((await lateLogouts.listDue(10)).length === 0, 'the sweeper did not tell')
}

async function signsOut(scene: Scene, who: Jar): Promise<void> {
  const out = await scene.asks(who, 'POST', '/sign-out')
  must(out.status < 300, `not signed out: ${out.status}`)
  await scene.settled()
}

/** Signs in with a wrong password first, consents, and has the code redeemed and the tokens refreshed. */
async function getsTokens({ house, path, visitor, makePerson, newName }: Scene): Promise<{ who: Jar; refreshed: Record<string, unknown> }> {
  const userName = newName()
  await makePerson(userName)
  const who = visitor()
  const redirectUri = `${house.samplesOrigin}/pickup-dispatch/oauth2client`
  const verifier = 'v'.repeat(43)
  const challenge = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(verifier))).toString('base64url')
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'pickup-dispatch',
    redirect_uri: redirectUri,
    scope: 'openid profile email phone',
    state: 's'.repeat(16),
    code_challenge: challenge,
    code_challenge_method: 'S256',
  })
  const login = await who.get(path(`/oauth2/authorize?${query}`))
  const style = /\/_assets\/[^"]+\.css/.exec(login.body)?.[0]
  must(style, 'the page has no style sheet')
  must((await who.get(style)).status === 200, `${style} is not there`)
  const refused = await who.submit(login, { username: userName, password: 'seven wrong cabs' })
  must(refused.body.includes('name="password"'), `a wrong password was answered with ${refused.status} at ${refused.url}`)
  const consent = await who.submit(refused, { username: userName, password: 'seven green cabs' })
  must(consent.body.includes('name="decision"'), `no consent page: ${consent.status} at ${consent.url}\n${consent.body}`)
  const back = await who.submit(consent, { decision: 'allow', claim: ['email'] })
  const code = back.url.searchParams.get('code')
  must(code, `no code came back: ${back.status} at ${back.url}`)

  const token = (fields: Record<string, string>) => post(house.issuer(), '/oauth2/token', fields)
  const first = await token({ grant_type: 'authorization_code', code, redirect_uri: redirectUri, code_verifier: verifier })
  must(typeof first.access_token === 'string', `no token: ${JSON.stringify(first)}`)
  const userinfo = await fetch(`${house.issuer()}/oauth2/userinfo`, { headers: { authorization: `Bearer ${first.access_token}` } })
  must(userinfo.status === 200, `userinfo was answered with ${userinfo.status}`)
  const refreshed = await token({ grant_type: 'refresh_token', refresh_token: String(first.refresh_token) })
  must(typeof refreshed.access_token === 'string', `not refreshed: ${JSON.stringify(refreshed)}`)
  const alive = await post(house.issuer(), '/oauth2/introspect', { token: String(refreshed.access_token) })
  must(alive.active === true, `a live token is not active: ${JSON.stringify(alive)}`)
  return { who, refreshed }
}

export async function endsWithALogoutEverywhere(scene: Scene): Promise<void> {
  const userName = scene.newName()
  await scene.makePerson(userName)
  const [here, there] = [await scene.signIn(userName), await scene.signIn(userName)]
  const { body } = await scene.asks(here, 'GET', '/sessions')
  must(JSON.stringify(body).length > 2, 'no sessions are listed')
  const ended = await scene.asks(here, 'DELETE', '/sessions')
  must(ended.status < 300, `the other sessions were not ended: ${ended.status}`)
  const gone = await scene.asks(there, 'GET', '')
  must(gone.status === 401, `the other browser is still signed in: ${gone.status}`)
  const out = await scene.asks(here, 'POST', '/sign-out')
  must(out.status < 300, `not signed out: ${out.status}`)
  await scene.settled()
}

async function post(issuer: string, path: string, fields: Record<string, string>): Promise<Record<string, unknown>> {
  const response = await fetch(`${issuer}${path}`, {
    method: 'POST',
    headers: { authorization: CLIENT },
    body: new URLSearchParams(fields),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${path} was answered with ${response.status}: ${text}`)
  return text === '' ? {} : JSON.parse(text)
}
