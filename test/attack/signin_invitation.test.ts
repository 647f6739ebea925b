/** The link for the first administrator: one use, half an hour, and nothing once there is one. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { ensureBuiltInRoles } from '@gatehouse/directory/roles.ts'
import { changeUser, createUser } from '@gatehouse/directory/users.ts'
import { createFirstInvitation, createInvitation } from '@gatehouse/identity/invitation.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSignInHouse, type SignInHouse } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

const PAT = { given_name: 'Pat', family_name: 'Doe', email: 'pat@example.org', new_password: 'seven bridges over the river' }

test('the first administrator is invited once, and not when there is one already', async () => {
  const context = await house.context()
  await ensureBuiltInRoles(context, ['platform-admin', 'tenant-admin'])
  const [first, second] = [
    await createInvitation(context, { roles: ['platform-admin', 'tenant-admin'] }),
    await createInvitation(context, { roles: ['platform-admin', 'tenant-admin'] }),
  ]
  const jar = house.jar()
  const shown = await jar.get(pathOf(first))
  const fields = { ...PAT, username: 'boss' }

  const weak = await jar.submit(shown, { ...fields, new_password: 'boss boss boss' })
  const welcome = await jar.submit(shown, fields)
  const again = await jar.submit(shown, { ...fields, username: 'boss2' })

  expect(weak.status).toBe(422)
  expect(welcome.url.pathname).toBe('/t/main/login')
  expect(welcome.body).toContain('The account was created. You can sign in now.')
  expect(welcome.body).toMatch(/name="username"[^>]*value="boss"/)
  expect((await house.stores().users.findByName('boss'))?.roles).toHaveLength(2)
  expect(again.status).toBe(410)
  expect((await jar.get(pathOf(second))).status).toBe(410)
})

test('somebody who has the role and no way in is no administrator; an address that was proven is one', async () => {
  const context = await house.context()
  await ensureBuiltInRoles(context, ['platform-admin', 'tenant-admin'])
  const brought = {
    userName: 'brought',
    emails: [{ value: 'brought@example.org', primary: true, verified: false }],
    roles: ['tenant-admin'],
  }

  const person = await createUser(context, brought)
  const withoutAWay = await createFirstInvitation(context)
  const shown = await house.jar().get(pathOf(withoutAWay ?? ''))
  const proven = await changeUser(context, person, { emails: [{ value: 'brought@example.org', primary: true, verified: true }] })
  const withMailbox = await createFirstInvitation(context)
  const late = await house.jar().get(pathOf(withoutAWay ?? ''))
  await changeUser(context, proven, { active: false })

  expect(shown.status).toBe(200)
  expect(withMailbox).toBeUndefined()
  expect(late.status).toBe(410)
  expect(await createFirstInvitation(context)).toContain('/invitation?token=')
})

test('the first administrator is asked to prove the address that was typed', async () => {
  const context = await house.context()
  await ensureBuiltInRoles(context, ['tenant-admin'])
  const jar = house.jar()
  await jar.submit(await jar.get(pathOf(await createInvitation(context, { roles: ['tenant-admin'] }))), { ...PAT, username: 'boss' })
  const boss = await context.stores.users.findByName('boss')

  const events = (await house.house.ports.stream.read(1000)).map(({ event }) => event as unknown as HouseEvent)
  expect(events.filter(({ kind }) => kind === 'email.verification_asked')).toMatchObject([{ userId: boss?.id }])
})

test('twenty who use one invitation at once make one administrator; a name lost to somebody else does not spend it', async () => {
  const context = await house.context()
  await ensureBuiltInRoles(context, ['platform-admin', 'tenant-admin'])
  const roles = ['platform-admin', 'tenant-admin']
  const link = pathOf(await createInvitation(context, { roles }))
  const shown = await house.jar().get(link)
  const taken = await house.jar().submit(shown, { ...PAT, username: 'jo' })

  const answers = await Promise.all(
    Array.from({ length: 20 }, (_, index) => house.jar().submit(shown, { ...PAT, username: `boss${index}` })),
  )

  expect(taken.status).toBe(422)
  expect(answers.filter(({ url }) => url.pathname === '/t/main/login')).toHaveLength(1)
  expect(answers.filter(({ status }) => status === 410)).toHaveLength(19)
  const { users } = await house.stores().users.list(50, { startsWith: 'boss' })
  expect(users).toHaveLength(1)
})

test('an invitation is dead after half an hour', async () => {
  const context = await house.context()
  await ensureBuiltInRoles(context, ['platform-admin'])
  const link = await createInvitation(context, { roles: ['platform-admin'] })
  house.pass(1800)

  const late = await house.jar().get(pathOf(link))

  expect(late.status).toBe(410)
  expect(late.body).toContain('This link is no longer valid')
})

function pathOf(url: string): string {
  const { pathname, search } = new URL(url)
  return pathname + search
}
