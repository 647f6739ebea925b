/** The host where client certificates are shown: nothing else is there, and it is nowhere else. */
import { accountApp } from '@gatehouse/http/account/app.ts'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { ROUTES } from '@gatehouse/http/front.ts'
import { tokenApp } from '@gatehouse/http/token/app.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CERTIFICATE_ORIGIN, type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'

let house: HouseFixture

beforeAll(async () => {
  house = await openHouseFixture({ authorize: authorizeApp(), token: tokenApp(), account: accountApp() })
})
afterAll(() => house.close())

const ELSEWHERE = [
  '/login',
  '/account',
  '/oauth2/authorize',
  '/oauth2/token',
  '/.well-known/openid-configuration',
  '/assets/style.css',
  '/',
  '',
]

test.each(ELSEWHERE)('%s is not at the certificates’ host', async (path) => {
  expect((await house.fetch(`${CERTIFICATE_ORIGIN}/t/main${path}`)).status).toBe(404)
})

test('one path is there, and it is there only', async () => {
  expect(ROUTES.filter(({ takesCertificates }) => takesCertificates)).toHaveLength(1)
  expect((await house.fetch(`${CERTIFICATE_ORIGIN}/t/main/certificate`)).status).toBe(400)
  expect((await house.fetch(`${CERTIFICATE_ORIGIN}/t/nobody/certificate`)).status).toBe(404)
  expect((await house.fetch('/t/main/certificate')).status).toBe(404)
})
