/** A body larger than anything that a person or an application sends, over a socket: each door refuses it in its own words, before a byte of it has come. */

import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { text } from 'node:stream/consumers'
import { allApps } from '@gatehouse/http/all_apps.ts'
import { openFront } from '@gatehouse/http/front.ts'
import { type Listening, serve } from '@gatehouse/local/serve.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openManagementHouse } from '../contract/management/management_house.ts'
import type { HouseFixture } from '../fixture/house_fixture.ts'
import { freePort } from '../free_port.ts'

const LARGE = 1_048_577

let house: HouseFixture
let administrator: string
let listening: Listening
beforeAll(async () => {
  const port = await freePort()
  const managed = await openManagementHouse(`http://127.0.0.1:${port}`)
  house = managed
  administrator = await managed.administratorToken()
  const front = openFront(house.house, allApps(), () => new Response('nowhere', { status: 404 }))
  listening = await serve({ port, host: '127.0.0.1', tls: undefined, trustedProxies: 0, fetch: front })
})
afterAll(async () => {
  await listening.close()
  house.close()
})

const FORM = 'application/x-www-form-urlencoded'

test.each([
  ['/oauth2/token', FORM, 'application/json', '"error":"invalid_request"'],
  ['/oauth2/revoke', FORM, 'application/json', '"error":"invalid_request"'],
  ['/api/v1/users', 'application/json', 'application/problem+json', 'urn:gatehouse:error:too_large'],
  ['/api/v1/me/password', 'application/json', 'application/problem+json', 'urn:gatehouse:error:too_large'],
  ['/api/v1/me/approvals/x/approve', 'application/json', 'application/problem+json', 'urn:gatehouse:error:too_large'],
  ['/login', FORM, 'text/html', '<html'],
  ['/recover', FORM, 'text/html', '<html'],
  ['/signup', FORM, 'text/html', '<html'],
  ['/consent', FORM, 'text/html', '<html'],
])('POST %s', async (path, sent, type, words) => {
  const answer = await announce(path, sent)

  expect(answer.status).toBe(413)
  expect(answer.type).toContain(type)
  expect(answer.body).toContain(words)
})

test('whoever sends all of it reads the answer, and goes on with the same connection', async () => {
  const headers = { 'content-type': 'application/json' }
  const large = await fetch(`${house.origin}/t/main/api/v1/me/password`, { method: 'POST', headers, body: 'x'.repeat(LARGE) })

  expect(large.status).toBe(413)
  expect((await fetch(`${house.origin}/t/main/oauth2/jwks`)).status).toBe(200)
})

/** With no byte of the body itself: whoever waited for it would answer nothing. */
async function announce(
  path: string,
  type: string,
): Promise<{ readonly status: number | undefined; readonly type: string | undefined; readonly body: string }> {
  const headers = { 'content-type': type, 'content-length': LARGE * 1000, authorization: `Bearer ${administrator}` }
  const asked = request(`${house.origin}/t/main${path}`, { method: 'POST', headers })
  asked.flushHeaders()
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  const body = await text(answer)
  asked.destroy()
  return { status: answer.statusCode, type: answer.headers['content-type'], body }
}
