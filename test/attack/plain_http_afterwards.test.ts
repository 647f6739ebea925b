/** Who came by https once is not led back by plain http: RFC 6797. */
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { expect, test } from 'vitest'
import { openHouseFixture } from '../fixture/house_fixture.ts'

test.each([
  ['https://id.example.org', 'max-age=31536000'],
  ['https://localhost:9443', null],
  ['http://localhost:9443', null],
])('pages of a house at %s carry %s', async (origin, expected) => {
  const house = await openHouseFixture({ authorize: authorizeApp() }, origin)
  try {
    const response = await house.fetch('/t/main/login')

    expect(response.status).toBe(303)
    expect(response.headers.get('strict-transport-security')).toBe(expected)
  } finally {
    house.close()
  }
})
