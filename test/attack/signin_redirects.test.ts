/** Being sent elsewhere: open redirects, headers made of input, and bodies that are too large or of another kind. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { authorizePath, openSignInHouse, PASSWORD, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/t/main/account',
  '/account/../../x',
  'javascript:alert(1)',
  '/account%0d%0aset-cookie:a=b',
  '/oauth2/logout',
])('signing in never continues at %s', async (target) => {
  const jar = house.jar()

  const back = await signIn(jar, await jar.get(`/t/main/login?continue=${encodeURIComponent(target)}`))

  expect(back.url.href).toBe('http://localhost:9443/t/main/account')
})

test('signing in continues at a page of our own, as fresh as it asks', async () => {
  const jar = house.jar()
  await signIn(jar, await jar.get('/t/main/login'))

  const kept = await jar.get('/t/main/login?continue=/account/sessions')
  house.pass(301)
  const asked = await jar.get('/t/main/login?continue=/account/approvals/req_1&max_age=300')

  expect(kept.url.pathname).toBe('/t/main/account/sessions')
  expect(asked.url.pathname).toBe('/t/main/login')
  expect((await signIn(jar, asked)).url.pathname).toBe('/t/main/account/approvals/req_1')
})

test('an application or a redirect URI that is not registered gets a page, and nobody is sent there', async () => {
  const jar = house.jar()

  const requests: Record<string, string>[] = [
    { client_id: 'unknown' },
    { redirect_uri: 'https://evil.example/' },
    { redirect_uri: 'http://localhost:8080/callback/../evil' },
  ]
  for (const extra of requests) {
    const answer = await house.fetch(authorizePath(extra))
    expect(answer.status).toBe(400)
    expect(answer.headers.get('location')).toBeNull()
  }
  expect(jar.cookies.size).toBe(0)
})

test('what is typed comes back as text, in no header and in no markup', async () => {
  const jar = house.jar()
  const evil = `"><script>alert(1)</script>\r\nset-cookie: a=b`

  const answer = await signIn(jar, await house.authorize(jar, { login_hint: evil, state: evil }), evil, PASSWORD)

  expect(answer.body).not.toContain('<script>alert')
  expect([...answer.headers.values()].join('\n')).not.toContain('a=b')
})

test('the language comes from the address only where we speak it', async () => {
  const login = await house.authorize(house.jar(), { ui_locales: 'xx de' })
  const odd = await house.fetch('/t/main/privacy-policy?ui_locales=%0d%0ax')

  expect(login.body).toContain('<html lang="de"')
  expect(odd.status).toBe(200)
  expect(odd.headers.getSetCookie().join()).not.toContain('x=')
})

test('a form that is too large or of another kind is refused before it is read', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }

  const large = await jar.submit(login, { username: 'x'.repeat(40_000), password: 'x' })
  const endless = await house.fetch('/t/main/login', { method: 'POST', headers, body: endlessBody(), duplex: 'half' } as RequestInit)
  const json = await house.fetch('/t/main/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })

  expect(large.status).toBe(413)
  expect(endless.status).toBe(413)
  expect(json.status).toBe(415)
})

test('an application with a scheme of its own gets its answer, and only it may be posted to', async () => {
  await house.addApplication('native', { application_type: 'native', redirect_uris: ['com.example.app:/callback'] })
  const jar = house.jar()

  const login = await house.authorize(jar, { client_id: 'native', redirect_uri: 'com.example.app:/callback' })
  const back = await jar.submit(await signIn(jar, login), { decision: 'allow' })

  expect(login.headers.get('content-security-policy')).toContain("form-action 'self' com.example.app:;")
  expect(back.url.href).toMatch(/^com\.example\.app:\/callback\?code=/)
})

test('form_post answers with a form that only goes to the redirect URI', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar, { response_mode: 'form_post', state: '"><b>' })

  const answer = await jar.submit(await signIn(jar, login), { decision: 'allow' })

  expect(answer.body).toContain('action="http://localhost:8080/callback"')
  expect(answer.body).toContain('name="code"')
  expect(answer.body).not.toContain('"><b>')
  expect(answer.headers.get('content-security-policy')).toContain("form-action 'self' http://localhost:8080;")
})

function endlessBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(8192).fill(97)) })
}
