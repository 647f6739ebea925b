/** What the log may never hold: whoever reads it must not be able to act as anybody. */
import { createInvitation } from '@gatehouse/identity/invitation.ts'
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { expect, test } from 'vitest'
import { CALLBACK, CHALLENGE, VERIFIER } from '../fixture/protocol_house.ts'
import { openSignInHouse, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

test('no password, code, token, cookie or link stands in the log after everything was used, rightly and wrongly', async () => {
  const house = await openSignInHouse()
  await ensureSigningKeys(await house.context())
  const secret = 'the secret of the office'
  await house.addApplication('office', {}, secret)
  const jar = house.jar()
  const request = { client_id: 'office', scope: 'openid offline_access', code_challenge: CHALLENGE }
  const shown = await house.authorize(jar, request)
  await jar.submit(shown, { username: 'jo', password: `${PASSWORD} wrong` })
  const answered = await jar.submit(await signIn(jar, await house.authorize(jar, request)), { decision: 'allow' })
  const code = answered.url.searchParams.get('code') ?? ''
  const post = async (path: string, form: Record<string, string>, authorization = `Basic ${btoa(`office:${secret}`)}`) => {
    const init = { method: 'POST', body: new URLSearchParams(form), headers: { authorization } }
    return (await house.fetch(`/t/main${path}`, init)).json().catch(() => ({})) as Promise<Record<string, string>>
  }
  const redemption = { grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER }
  const tokens = await post('/oauth2/token', redemption)
  await post('/oauth2/token', redemption)
  await post('/oauth2/token', redemption, 'Basic b2ZmaWNlOiV6eg==')
  await post('/oauth2/token', { grant_type: 'refresh_token', refresh_token: `${tokens.refresh_token}x` })
  await post('/oauth2/introspect', { token: tokens.access_token ?? '' })
  const invitation = await createInvitation(await house.context(), { roles: [] })
  const link = new URL(invitation).searchParams.get('token') ?? ''
  await house.fetch(new URL(invitation).href.slice(house.origin.length))
  await jar.get(`/t/main/verify-email?token=${link}`)
  await jar.get(`/t/main/oauth2/logout?id_token_hint=${tokens.id_token}`)

  const log = JSON.stringify(house.logs)
  const secrets = [PASSWORD, secret, code, link, tokens.access_token, tokens.refresh_token, tokens.id_token, VERIFIER]
  const cookies = [...jar.cookies.values()].map(({ value }) => value)
  expect(tokens.refresh_token).toBeDefined()
  for (const text of [...secrets, ...cookies].filter((one) => one !== '')) expect(log).not.toContain(text)
  expect(house.logs.filter(({ message }) => message === 'request').length).toBeGreaterThan(10)
  house.close()
})
