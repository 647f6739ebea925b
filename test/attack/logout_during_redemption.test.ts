/** A logout that meets the redemption of a code: whichever is first, nothing outlives the session. */
import { endBrowserSession } from '@gatehouse/identity/browser_session.ts'
import type { Table } from '@gatehouse/ports/table.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProtocolHouse, type ProtocolHouse, type SignedIn } from '../fixture/protocol_house.ts'

/** Called when a redemption is about to write its authorization, and when it has. */
let before: () => Promise<void>
let after: () => Promise<void>
let house: ProtocolHouse
let signedIn: SignedIn

beforeEach(async () => {
  before = after = async () => {}
  house = await openProtocolHouse(interrupted)
  signedIn = await house.signIn()
})

afterEach(() => house.close())

test('a logout just before the authorization is written: the code is refused, and nothing is left active', async () => {
  const code = await house.code({ signedIn })
  before = logOut

  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
  expect(await house.stores().authorizations.list(house.jo.id)).toEqual([])
})

test('a logout just after it was written: the code is refused, and nothing is left active', async () => {
  const code = await house.code({ signedIn })
  after = logOut

  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
  expect(await house.stores().authorizations.list(house.jo.id)).toEqual([])
})

test('a session that ended just after it was written, before anything was marked: the same', async () => {
  const code = await house.code({ signedIn })
  after = async () => {
    await house.stores().sessions.end(house.jo.id, signedIn.session.id, 'logout', {})
  }

  expect((await house.redeem(code)).body.error).toBe('invalid_grant')
  expect(await house.stores().authorizations.list(house.jo.id)).toEqual([])
})

test('fifty redemptions and a logout at once: whatever was issued is worth nothing afterwards', async () => {
  const codes = await Promise.all(Array.from({ length: 50 }, () => house.code({ signedIn })))

  const [answers] = await Promise.all([Promise.all(codes.map((code) => house.redeem(code))), logOut()])

  for (const { body } of answers.filter(({ status }) => status === 200))
    expect((await house.get('/oauth2/userinfo', { authorization: `Bearer ${body.access_token}` })).status).toBe(401)
  expect(await house.stores().authorizations.list(house.jo.id)).toEqual([])
})

async function logOut(): Promise<void> {
  // Its own writes are not interrupted again.
  before = after = async () => {}
  // Without the mark of `offline_access`: that outlives a logout on purpose.
  await endBrowserSession(await house.context(), signedIn.session, 'ended_by_user')
}

function interrupted(own: Table): Table {
  return {
    ...own,
    async put(item, condition) {
      const redeems = item.sk.startsWith('R#')
      if (redeems) await before()
      const written = await own.put(item, condition)
      if (redeems) await after()
      return written
    },
  }
}
