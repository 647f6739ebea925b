/** `user.claims[uri] = value`: what a script says of the person for one sign-in is in what comes of that sign-in, as far as it was allowed, and nowhere else. */
import { ensureSigningKeys } from '@gatehouse/identity/rotate_signing_keys.ts'
import { decodeJwt } from 'jose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../../fixture/factor_house.ts'
import { CHALLENGE, VERIFIER } from '../../fixture/protocol_house.ts'
import { openScriptHouse, type ScriptHouse } from '../../fixture/script_house.ts'
import { CALLBACK, signIn } from '../../fixture/sign_in_house.ts'

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
  await ensureSigningKeys(await house.context())
})
afterEach(() => house.close())

const saying = (lines: string) => `var onLoginRequest = function (context) {
  executeStep(1, { onSuccess: function (context) { var user = context.currentKnownSubject; ${lines} } });
};`
const SCOPES = 'openid profile email offline_access'
const CLAIMS = JSON.stringify({ id_token: { nickname: null, email: null } })

type Tokens = { access_token: string; id_token: string; refresh_token: string }

async function token(body: Record<string, string>): Promise<Tokens> {
  const answer = await house.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams({ client_id: 'desk', ...body }) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Tokens
}

async function tokens(extra: Record<string, string> = {}): Promise<Tokens> {
  const code = codeFrom(await house.begin(house.jar(), { scope: SCOPES, claims: CLAIMS, code_challenge: CHALLENGE, ...extra })) ?? ''
  return token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER })
}

async function userinfo({ access_token }: Tokens): Promise<Record<string, unknown>> {
  const answer = await house.fetch('/t/main/oauth2/userinfo', { headers: { authorization: `Bearer ${access_token}` } })
  return (await answer.json()) as Record<string, unknown>
}

test('it is in the ID token, at userinfo and after a refresh, and not in the record; the audit record names it without its value', async () => {
  await house.setScript(saying(`user.claims['http://wso2.org/claims/nickname'] = 'The desk';`))

  const first = await tokens()
  const again = await token({ grant_type: 'refresh_token', refresh_token: first.refresh_token })

  expect(decodeJwt(first.id_token)).toMatchObject({ nickname: 'The desk' })
  expect(await userinfo(first)).toMatchObject({ nickname: 'The desk' })
  expect(await userinfo(again)).toMatchObject({ nickname: 'The desk' })
  expect(await house.stores().users.find(house.jo.id)).not.toHaveProperty('nickName')
  const { because } = (await house.endings()).at(-1) ?? {}
  expect(because?.at(-1)).toBe('the script said nickname for this sign-in, and asked for nothing more')
})

test('who somebody is, where they are reached and what they may do, no script says', async () => {
  await house.setScript(
    saying(`['username', 'userid', 'emailaddress', 'mobile', 'identity/emailVerified', 'roles', 'sub', 'email', '__proto__'].forEach(function (name) {
      user.claims['http://wso2.org/claims/' + name] = 'mallory'; user.claims[name] = 'mallory';
    });`),
  )

  const first = await tokens()

  expect(JSON.stringify([await userinfo(first), decodeJwt(first.id_token)])).not.toContain('mallory')
  expect(decodeJwt(first.id_token).sub).toBe(house.jo.id)
})

test('what was not asked for, or not allowed, is told to nobody', async () => {
  await house.setScript(saying(`user.claims['http://wso2.org/claims/nickname'] = 'The desk';`))

  const bare = await tokens({ scope: 'openid', claims: '{}' })

  expect(await userinfo(bare)).toEqual({ sub: house.jo.id })
})

test('the consent page shows it, and its mark taken away keeps it back', async () => {
  const { applications } = house.stores()
  await house.setScript(saying(`user.claims['http://wso2.org/claims/nickname'] = 'The desk';`))
  const before = await applications.find('desk')
  if (!before) throw new Error('there is no application')
  const { secrets: _, gatehouse_skip_consent: __, ...application } = before
  const gatehouse_claims = [{ name: 'nickname', essential: false }]
  await applications.update({ ...application, gatehouse_claims, gatehouse_skip_consent: false }, {})
  house.house.cache.applications.forget('main\ndesk')
  const asked = async (claim: string[]) => {
    const jar = house.jar()
    const page = await signIn(jar, await house.authorize(jar, { scope: 'openid', prompt: 'consent', code_challenge: CHALLENGE }))
    const back = await jar.submit(page, { decision: 'allow', claim })
    const code = codeFrom(back) ?? ''
    const found = await token({ grant_type: 'authorization_code', code, redirect_uri: CALLBACK, code_verifier: VERIFIER })
    return { page, claims: await userinfo(found) }
  }

  const allowed = await asked(['nickname'])
  const refused = await asked([])

  expect(allowed.page.body).toContain('The desk')
  expect(allowed.claims).toMatchObject({ nickname: 'The desk' })
  expect(refused.claims).not.toHaveProperty('nickname')
})

test('it belongs to one sign-in: without the script, and at another application, the record speaks', async () => {
  await house.addApplication('mail', { gatehouse_skip_consent: true })
  await house.setScript(saying(`user.claims['http://wso2.org/claims/givenname'] = 'Nobody';`))
  const jar = house.jar()
  await house.begin(jar, { scope: 'openid profile', code_challenge: CHALLENGE })

  const code = codeFrom(await house.authorize(jar, { client_id: 'mail', scope: 'openid profile', code_challenge: CHALLENGE })) ?? ''
  const elsewhere = await token({
    client_id: 'mail',
    grant_type: 'authorization_code',
    code,
    redirect_uri: CALLBACK,
    code_verifier: VERIFIER,
  })

  expect(JSON.stringify(await userinfo(elsewhere))).not.toContain('Nobody')
  expect(await userinfo(await tokens())).toMatchObject({ given_name: 'Nobody' })
})

test('one that is too long ends the script, and lets nobody in', async () => {
  await house.setScript(saying(`user.claims['http://wso2.org/claims/nickname'] = new Array(102).join('x');`))

  expect(codeFrom(await house.begin(house.jar()))).toBeNull()
  expect((await house.endings()).at(-1)?.outcome).toBe('failed')
})
