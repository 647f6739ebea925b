/** What administrators do for people who cannot sign in: invite them, have them set a new password, let them in again. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import { openHandlers } from '@gatehouse/relay/handlers.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJar } from '../../fixture/browser_jar.ts'
import { type ManagementHouse, openManagementHouse, PASSWORD } from './management_house.ts'

const NEXT = 'another walk by the sea 8'

let house: ManagementHouse
let admin: string
let sent: Mail[]
let position: string | undefined

beforeAll(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
})
afterAll(() => house.close())

/** All mails to somebody so far. */
async function mails(to: string): Promise<Mail[]> {
  sent ??= []
  const handle = openHandlers({
    ...house.house,
    ports: { ...house.house.ports, mailer: { send: async (mail) => void sent.push(mail) } },
  })
  for (;;) {
    const records = await house.house.ports.stream.read(1000, position)
    if (records.length === 0) return sent.filter((mail) => mail.to === to)
    for (const { event } of records) await handle(event as unknown as HouseEvent)
    position = records.at(-1)?.position
  }
}

async function link(to: string): Promise<string> {
  const url = /http:\S+token=\S+/.exec((await mails(to)).at(-1)?.text ?? '')?.[0] ?? ''
  return url.slice(house.origin.length)
}

async function signsIn(userName: string, password: string): Promise<string> {
  const jar = openJar(house)
  return (await jar.submit(await jar.get('/t/main/login'), { username: userName, password })).url.pathname
}

const create = async (userName: string, change: object = {}) => {
  const person = { userName, emails: [{ value: `${userName}@example.org`, primary: true }], ...change }
  return house.api(admin, 'POST', '/users', person)
}

test('a person is invited when they are created, sets a password by the link, and has a verified mailbox then', async () => {
  const { status, body } = await create('ira', { gatehouse_invite: true })
  const path = `/users/${body.id}/invitation`
  expect(status).toBe(201)
  expect((await house.api(admin, 'GET', path)).body).toMatchObject({ state: 'invited', address: 'ira@example.org' })
  const [mail] = await mails('ira@example.org')
  expect(mail?.template).toBe('user_invitation')
  expect(mail?.subject).toContain('Tenant main')

  const jar = openJar(house)
  const page = await jar.get(await link('ira@example.org'))
  expect(page.body).toContain('has made an account for you')
  expect((await jar.submit(page, { new_password: 'short' })).status).toBe(422)
  const done = await jar.submit(page, { new_password: NEXT })

  expect(done.body).toContain('Your password is set')
  expect((await house.api(admin, 'GET', path)).body).toMatchObject({ state: 'accepted', accepted_at: expect.any(String) })
  expect((await house.api(admin, 'GET', `/users/${body.id}`)).body.emails).toMatchObject([{ value: 'ira@example.org', verified: true }])
  expect(await signsIn('ira', NEXT)).toBe('/t/main/account')
  expect((await jar.submit(page, { new_password: PASSWORD })).status).toBe(410)
  expect((await house.api(admin, 'POST', path)).status).toBe(409)
})

test('an invitation that is sent again ends the one before; a week later it has expired, and is sent anew', async () => {
  const { body } = await create('una', { gatehouse_invite: true })
  const path = `/users/${body.id}/invitation`
  const first = await link('una@example.org')
  expect((await house.api(admin, 'POST', path)).status).toBe(201)
  const second = await link('una@example.org')
  expect([(await openJar(house).get(first)).status, (await openJar(house).get(second)).status]).toEqual([410, 200])

  house.pass(7 * 86_400 + 1)
  admin = await house.administratorToken()
  expect((await house.api(admin, 'GET', path)).body.state).toBe('expired')
  const gone = await openJar(house).get(second)
  expect(gone.status).toBe(410)
  expect(gone.body).toContain('Ask whoever invited you')
  expect((await house.api(admin, 'POST', path)).body.state).toBe('invited')
  for (let times = 0; times < 10; times++) await house.api(admin, 'POST', path)
  expect((await house.api(admin, 'POST', path)).status).toBe(429)
})

test('an address that somebody else has proved stays theirs; the password is set all the same', async () => {
  await create('owner', { password: PASSWORD, emails: [{ value: 'shared@example.org', verified: true }] })
  const { body } = await create('guest', { emails: [{ value: 'shared@example.org' }], gatehouse_invite: true })
  const jar = openJar(house)
  await jar.submit(await jar.get(await link('shared@example.org')), { new_password: NEXT })

  expect(await signsIn('guest', NEXT)).toBe('/t/main/account')
  expect((await house.api(admin, 'GET', `/users/${body.id}`)).body.emails).toMatchObject([{ verified: false }])
})

test.each([
  ['with a password', { password: PASSWORD }],
  ['without an address', { emails: [] }],
  ['switched off', { active: false }],
])('nobody is invited who is made %s', async (_, change) => {
  expect((await create('nobody', { gatehouse_invite: true, ...change })).status).toBe(422)
})

test('whoever was never invited has no invitation', async () => {
  const { body } = await create('plain', { password: PASSWORD })

  expect((await house.api(admin, 'GET', `/users/${body.id}/invitation`)).status).toBe(404)
})

test('a new password is wanted at the next sign-in: shown, told by mail, and over with the change', async () => {
  const { body } = await create('fay', { password: PASSWORD, emails: [{ value: 'fay@example.org', verified: true }] })
  expect((await house.api(admin, 'POST', `/users/${body.id}/password-reset`, {})).status).toBe(204)

  expect((await house.api(admin, 'GET', `/users/${body.id}`)).body.passwordChange).toBe('forced')
  expect((await mails('fay@example.org')).map(({ template }) => template)).toEqual(['password_change_required'])
  const jar = openJar(house)
  const asked = await jar.submit(await jar.get('/t/main/login'), { username: 'fay', password: PASSWORD })
  expect(asked.url.pathname).toBe('/t/main/password')
  expect((await jar.submit(asked, { new_password: NEXT })).url.pathname).toBe('/t/main/account')
  expect((await house.api(admin, 'GET', `/users/${body.id}`)).body.passwordChange).toBeUndefined()
})

test('by mail, the present password is worth nothing at once, and the link sets another', async () => {
  const { body } = await create('max', { password: PASSWORD, emails: [{ value: 'max@example.org', verified: true }] })
  expect((await house.api(admin, 'POST', `/users/${body.id}/password-reset`, { by: 'mail' })).status).toBe(204)

  expect(await signsIn('max', PASSWORD)).toBe('/t/main/login')
  const jar = openJar(house)
  const page = await jar.get(await link('max@example.org'))
  expect(page.body).toContain('asks you to choose a new password')
  await jar.submit(page, { new_password: NEXT })
  expect(await signsIn('max', NEXT)).toBe('/t/main/account')
})

test('no link is mailed to an address that nobody proved, nor anything wanted of an unknown person or in another way', async () => {
  const { body } = await create('eve', { password: PASSWORD })

  expect((await house.api(admin, 'POST', `/users/${body.id}/password-reset`, { by: 'mail' })).status).toBe(409)
  expect((await house.api(admin, 'POST', `/users/${body.id}/password-reset`, { by: 'post' })).status).toBe(422)
  expect((await house.api(admin, 'POST', '/users/usr_unknown000/password-reset', {})).status).toBe(404)
  expect(await signsIn('eve', PASSWORD)).toBe('/t/main/account')
})

test('a lock is seen and taken away', async () => {
  const { body } = await create('kit', { password: PASSWORD })
  const path = `/users/${body.id}/lock`
  expect((await house.api(admin, 'GET', path)).body).toEqual({})
  for (let times = 0; times < 6; times++) await signsIn('kit', 'wrong words')
  expect((await house.api(admin, 'GET', path)).body.locked_until).toEqual(expect.any(String))
  expect(await signsIn('kit', PASSWORD)).toBe('/t/main/login')

  expect((await house.api(admin, 'DELETE', path)).status).toBe(204)

  expect((await house.api(admin, 'GET', path)).body).toEqual({})
  expect(await signsIn('kit', PASSWORD)).toBe('/t/main/account')
})

test('each needs its permission, and nobody does it to somebody who may do more', async () => {
  await house.api(admin, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read'] })
  await house.api(admin, 'PUT', '/roles/helper', { name: 'helper', permissions: ['users:read', 'users:write'] })
  await house.addPerson('clara', ['clerk'])
  await house.addPerson('hal', ['helper'])
  const boss = await house.addPerson('boss', ['tenant-admin'])
  const clerk = await house.signIn('clara')
  const helper = await house.signIn('hal')

  for (const [method, place, input] of [
    ['POST', 'password-reset', {}],
    ['POST', 'invitation', undefined],
    ['DELETE', 'lock', undefined],
  ] as const) {
    expect((await house.api(clerk, method, `/users/${boss.id}/${place}`, input)).status, place).toBe(403)
    expect((await house.api(helper, method, `/users/${boss.id}/${place}`, input)).status, place).toBe(403)
  }
  expect((await house.api(clerk, 'GET', `/users/${boss.id}/lock`)).status).toBe(200)
})
