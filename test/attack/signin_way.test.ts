/** The way through the sign-in, and what it costs. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

test('a person signs in, agrees, and comes back to the application with a code; the next time nothing is asked', async () => {
  const jar = house.jar()

  const login = await house.authorize(jar)
  const consent = await signIn(jar, login)
  const back = await jar.submit(consent, { decision: 'allow' })

  expect(login.url.pathname).toBe('/t/main/login')
  expect(consent.url.pathname).toBe('/t/main/consent')
  expect(consent.body).toContain('jo@example.org')
  expect(back.url.origin + back.url.pathname).toBe('http://localhost:8080/callback')
  expect(back.url.searchParams.get('code')).toBeTruthy()
  expect(back.url.searchParams.get('state')).toBe('the-state')
  expect(back.url.searchParams.get('iss')).toBe('http://localhost:9443/t/main')
  const again = await house.authorize(jar)
  expect(again.url.searchParams.get('code')).toBeTruthy()
})
