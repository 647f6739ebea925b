/** A script goes on where it was, in whichever container; nothing that it does is done twice; and no other sign-in gets at its journal. */

import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { openFront } from '@gatehouse/http/front.ts'
import { openConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { codeFrom } from '../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../fixture/script_house.ts'

const PASSWORD = 'a long walk by the sea 7'
const HOST = 'risk.example'

/** Tells somebody, counts, and then asks for a second step if that said so. */
const TELLS = `var onLoginRequest = function (context) {
  executeStep(1, { onSuccess: function (context) {
    httpPost('https://${HOST}/check', { user: context.currentKnownSubject.username }, { 'X-From': 'gatehouse' }, {
      onSuccess: function (context, data) {
        assignUserRoles(context.currentKnownSubject, ['seen']);
        if (data.risk === 'high') { executeStep(2); }
      },
      onFail: function (context, data) { fail({ errorMessage: data.error }); },
      onTimeout: function () { fail({ errorMessage: 'timeout' }); }
    });
  } });
};`

let house: ScriptHouse

beforeEach(async () => {
  house = await openScriptHouse()
  await house.setScripting({ allowedHosts: [HOST] })
  await house.stores().roles.save({ id: 'rol_seen000001', name: 'seen', permissions: [], version: 0 }, {})
  house.answer(() => ({ status: 200, headers: { 'content-type': 'application/json' }, body: '{"risk":"high"}' }))
})

afterEach(() => house.close())

test('a second container goes on where the first was, and asks nobody again', async () => {
  await house.setScript(TELLS)
  const totp = await house.addTotp()
  const jar = house.jar()
  const asked = await house.begin(jar)
  const other = openFront(
    { ...house.house, cache: openConfigurationCache(house.house.ports.clock) },
    { authorize: authorizeApp() },
    () => new Response('', { status: 404 }),
  )
  const there = openJar({
    origin: house.origin,
    fetch: (path, init) => other(new Request(path, { redirect: 'manual', ...init }), { ip: '192.0.2.1' }),
  })
  for (const [name, cookie] of jar.cookies) there.cookies.set(name, cookie)

  const back = await there.submit(asked, { otp: totp.code() })

  expect(asked.url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(back)).toBeTruthy()
  expect(house.sent.map(({ url, method, body }) => ({ url, method, body }))).toEqual([
    { url: `https://${HOST}/check`, method: 'POST', body: '{"user":"jo"}' },
  ])
  expect(await house.events('user.roles_changed')).toHaveLength(1)
  expect((await house.endings()).at(-1)?.because).toEqual([
    'step 1 was passed with BasicAuthenticator',
    `POST to ${HOST}: answered`,
    'was given the role "seen"',
    'step 2 was passed with totp',
    'the script asked for nothing more',
  ])
})

test('twenty requests at once do a thing once', async () => {
  await house.setScript(
    TELLS.replace('httpPost(', `prompt('genericForm', { inputs: [] }, { onSuccess: function (context) { httpPost(`).replace(
      '    });\n  } });',
      '    }); } });\n  } });',
    ),
  )
  house.answer(async () => {
    await new Promise((resolve) => setTimeout(resolve, 50))
    return { status: 200, headers: {}, body: '{"risk":"high"}' }
  })
  await house.addTotp()
  const jar = house.jar()
  const form = await house.begin(jar)

  const posts = await Promise.all(Array.from({ length: 20 }, () => jar.submit(form, {})))

  expect(form.url.pathname).toBe('/t/main/prompt')
  expect(posts.map(({ url }) => url.pathname)).toEqual(Array.from({ length: 20 }, () => '/t/main/mfa'))
  expect(house.sent).toHaveLength(1)
  expect(await house.events('user.roles_changed')).toHaveLength(1)
})

test('an answer that was lost is not asked for again, and the script is told so', async () => {
  await house.setScript(TELLS)
  house.answer(() => {
    throw new Error('the container ended here')
  })
  const jar = house.jar()
  const login = await house.authorize(jar)
  const first = await jar.submit(login, { username: 'jo', password: PASSWORD })
  house.answer(() => ({ status: 200, headers: {}, body: '{"risk":"low"}' }))
  house.pass(30)

  const back = await jar.submit(login, { username: 'jo', password: PASSWORD })

  expect(first.status).toBe(500)
  expect(back.url.searchParams.get('error_description')).toBe('nobody knows whether this was sent')
  expect(house.sent).toHaveLength(1)
})

test('a sign-in goes on with the script that it began with', async () => {
  await house.setScript(TELLS)
  const totp = await house.addTotp()
  const jar = house.jar()
  const asked = await house.begin(jar)
  await house.setScript(`var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { fail(); } }); };`)

  const back = await jar.submit(asked, { otp: totp.code() })
  const next = await house.begin(house.jar())

  expect(codeFrom(back)).toBeTruthy()
  expect(next.url.searchParams.get('error')).toBe('access_denied')
  const scripts = (await house.endings()).map(({ event }) => event.data?.script)
  expect(new Set(scripts).size).toBe(2)
  expect((await house.stores().adaptiveJournals.findVersion(String(scripts[0])))?.script).toBe(TELLS)
})

test('what was decided about one person holds for no other', async () => {
  await house.setScript(`var onLoginRequest = function (context) {
    executeStep(1, { onSuccess: function (context) { if (!hasRole(context.currentKnownSubject, 'seen')) { executeStep(2); } } });
  };`)
  await house.addUser('mia', PASSWORD, { roles: ['rol_seen000001'] })
  await house.addTotp()
  const jar = house.jar()
  const login = await house.authorize(jar)
  const page = `/t/main/login?interaction=${login.url.searchParams.get('interaction')}&switch`
  const consent = await jar.submit(login, { username: 'jo', password: PASSWORD })
  const shown = await jar.get(page)

  const asMia = await jar.submit(shown, { username: 'mia', password: PASSWORD })

  expect(consent.url.pathname).toBe('/t/main/mfa')
  expect(codeFrom(asMia)).toBeTruthy()
  expect((await house.endings()).at(-1)?.because).toContain('holds the role "seen"')
})

test('an older cookie of the same sign-in, with the password alone, finds nothing decided', async () => {
  await house.setScript('var onLoginRequest = function (context) { executeStep(1); executeStep(2); };')
  const totp = await house.addTotp()
  const jar = house.jar()
  const login = await house.authorize(jar)
  const planted = new Map(jar.cookies)
  const asked = await jar.submit(login, { username: 'jo', password: PASSWORD })
  // The person proves both, and stops short of the end; then somebody comes with the cookie of the beginning and their password.
  const journal = house.stores().adaptiveJournals
  const id = login.url.searchParams.get('interaction') as `int_${string}`
  const back = await jar.submit(asked, { otp: totp.code() })
  const thief = house.jar()
  for (const [name, cookie] of planted) thief.cookies.set(name, cookie)

  const theirs = await thief.submit(login, { username: 'jo', password: PASSWORD })

  expect(codeFrom(back)).toBeTruthy()
  expect((await journal.read(id)).some(({ ended }) => ended !== undefined)).toBe(true)
  expect(codeFrom(theirs)).toBe(null)
  expect(theirs.url.pathname).toBe('/t/main/mfa')
})

test('the cookie of one application’s sign-in opens no other’s', async () => {
  await house.addApplication('shop', { gatehouse_skip_consent: true })
  await house.setScript('var onLoginRequest = function (context) { executeStep(1); executeStep(2); };')
  await house.addTotp()
  const jar = house.jar()
  const asked = await house.begin(jar)
  const free = await house.authorize(jar, { client_id: 'shop', prompt: 'login' })
  const [a, b] = [asked, free].map(({ url }) => String(url.searchParams.get('interaction')))
  const cookieOf = (id: string | undefined) => [...jar.cookies].find(([name]) => name.endsWith(String(id)))
  const [name, theirs] = [cookieOf(a)?.[0], cookieOf(b)?.[1]]
  if (name === undefined || theirs === undefined) throw new Error('no cookies')
  jar.cookies.set(name, theirs)

  const back = await jar.get(`/t/main/mfa?interaction=${a}`)

  expect(back.status).toBe(410)
})

test('a host that the tenant did not allow is not asked, and the script hears of it', async () => {
  await house.setScript(TELLS.replaceAll(HOST, 'elsewhere.example'))

  const back = await house.begin(house.jar())

  expect(back.url.searchParams.get('error_description')).toBe('elsewhere.example is none of the allowed hosts')
  expect(house.sent).toEqual([])
})

test('the journal ends with the interaction, and holds neither what was sent nor a secret', async () => {
  const secret = 'the-secret-of-the-script'
  const here = await house.context()
  const { sealScriptSecret } = await import('@gatehouse/policy/script/secrets.ts')
  await here.stores.scriptSecrets.save('riskKey', await sealScriptSecret(here, 'riskKey', secret), {})
  await house.setScript(
    TELLS.replace(
      `{ 'X-From': 'gatehouse' }`,
      `{ 'X-From': 'gatehouse' }, { type: 'bearertoken', properties: { token: secrets.riskKey } }`,
    ),
  )
  await house.addTotp()
  const asked = await house.begin(house.jar())
  const id = asked.url.searchParams.get('interaction') as `int_${string}`

  const { items } = await here.stores.shelf.table.query({ pk: here.stores.shelf.keys.interaction(id), prefix: 'J#', limit: 50 })

  expect(house.sent[0]?.headers?.authorization).toBe(`Bearer ${secret}`)
  expect(items.length).toBeGreaterThan(0)
  expect(JSON.stringify(items)).not.toContain(secret)
  expect(JSON.stringify(await here.stores.scriptSecrets.list())).not.toContain(secret)
  for (const item of items) expect(Number(item.ttl)).toBe(Date.UTC(2026, 0, 5, 9) / 1000 + 600 + 60)
})

test('another tenant’s script has neither secrets nor journal of this one', async () => {
  const here = await house.context()
  const { sealScriptSecret, openSecrets } = await import('@gatehouse/policy/script/secrets.ts')
  const sealed = await sealScriptSecret(here, 'key', 'ours alone')
  await here.stores.scriptSecrets.save('key', sealed, {})
  await house.addTenant('other')
  const there = await house.context('other')
  const speaks = { script: 'secrets.key', libraries: {} }

  expect(await openSecrets(here, speaks)).toEqual({ key: 'ours alone' })
  expect(await openSecrets(there, speaks)).toEqual({})
  await there.stores.scriptSecrets.save('key', sealed, {})
  await expect(openSecrets(there, speaks)).rejects.toThrow()
})
