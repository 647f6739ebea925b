/** Risk by the management API: the policy is checked and stored, tried dry with every signal, and what was risky is listed. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ManagementHouse, openManagementHouse } from './management_house.ts'

let house: ManagementHouse
let admin: string

beforeEach(async () => {
  house = await openManagementHouse()
  admin = await house.administratorToken()
  await house.addPerson('jo', [])
})
afterEach(() => house.close())

const settings = (risk: unknown) => ({ display_name: 'Main', policies: { risk } })

test('a policy is stored with the defaults of what it leaves out', async () => {
  const { status, body } = await house.api(
    admin,
    'PUT',
    '/tenant',
    settings({ weights: { new_country: 60 }, actions: { high: 'approval' } }),
  )

  expect(status).toBe(200)
  expect(body).toMatchObject({
    policies: {
      risk: {
        weights: { new_country: 60, new_device: 20 },
        levels: { medium: 40, high: 80 },
        actions: { medium: 'step_up', high: 'approval' },
      },
    },
  })
})

test.each([
  [{ weights: { shoe_size: 3 } }, '/policies/risk/weights'],
  [{ weights: { new_device: 101 } }, '/policies/risk/weights/new_device'],
  [{ levels: { medium: 90 } }, '/policies/risk/levels/high'],
  [{ addresses: ['10.0.0.0/33'] }, '/policies/risk/addresses/0'],
  [{ addressesUrl: 'http://lists.example/bad.txt' }, '/policies/risk/addressesUrl'],
  [{ actions: { medium: 'shrug' } }, '/policies/risk/actions/medium'],
])('%j is refused at %s', async (risk, pointer) => {
  const { status, body } = await house.api(admin, 'PUT', '/tenant', settings(risk))

  expect(status).toBe(422)
  expect(JSON.stringify(body)).toContain(pointer)
})

test('conditions of place and time are checked where they stand', async () => {
  const policy = (when: unknown) => ({
    display_name: 'Main',
    policies: { signIn: { steps: [{ anyOf: ['password'] }, { anyOf: ['totp'], when }] } },
  })
  const put = async (when: unknown) => (await house.api(admin, 'PUT', '/tenant', policy(when))).status

  expect(
    await put({
      outsideCountries: ['DE'],
      risk: 'high',
      time: { days: ['monday'], from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' },
    }),
  ).toBe(200)
  expect(await put({ countries: ['Germany'] })).toBe(422)
  expect(await put({ time: { from: '25:00', timeZone: 'Europe/Berlin' } })).toBe(422)
  expect(await put({ time: { from: '08:00', timeZone: 'Mars/Olympus' } })).toBe(422)
})

test('a dry run says of each signal its weight and points, and what follows from the sum', async () => {
  const asked = { userName: 'jo', place: { country: 'FR' }, ip: '198.51.100.7', browser: 'new', failed_tries: 4, breached_password: true }
  const risk = { addresses: ['198.51.100.0/24'], weights: { new_device: 25 } }

  const { body } = await house.api(admin, 'POST', '/sign-in/dry-run', { ...asked, risk })
  const off = await house.api(admin, 'POST', '/sign-in/dry-run', asked)

  expect(body).toMatchObject({ outcome: 'access_denied', place: { country: 'FR' }, risk: { level: 'high', score: 110, action: 'deny' } })
  expect((body.risk as { signals: unknown[] }).signals).toEqual(
    expect.arrayContaining([
      { signal: 'new_device', weight: 25, points: 25, seen: { device: '' } },
      { signal: 'new_country', weight: 30, points: 0 },
      { signal: 'listed_address', weight: 50, points: 50 },
      { signal: 'failed_tries', weight: 15, points: 10, seen: { tries: 4 } },
      { signal: 'breached_password', weight: 25, points: 25 },
    ]),
  )
  expect(off.body).not.toHaveProperty('risk')
})

test('a dry run says whether the sign-in page would ask for a check against programs, by the request alone', async () => {
  const captcha = { provider: 'proof_of_work', risk: 'medium' }
  const risk = { addresses: ['198.51.100.0/24'] }
  await house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies: { captcha, risk } })
  const asked = async (facts: object) => (await house.api(admin, 'POST', '/sign-in/dry-run', { userName: 'jo', ...facts })).body.captcha

  expect(await asked({ ip: '198.51.100.7', browser: 'new', failed_tries: 9, breached_password: true })).toEqual({
    due: true,
    level: 'medium',
  })
  expect(await asked({ ip: '192.0.2.7', browser: 'new', failed_tries: 9, breached_password: true })).toEqual({ due: false, level: 'low' })
  await house.api(admin, 'PUT', '/tenant', { display_name: 'Main', policies: { risk } })
  expect(await asked({ ip: '198.51.100.7' })).toBeUndefined()
})

test('what was risky is listed by day, newest first, page by page, and of no other tenant', async () => {
  const here = await house.context()
  for (const level of ['medium', 'high'])
    await here.stores.risk.tell(
      here.stores.shelf.event('sign_in.risky', {
        actor: { ip: '203.0.113.5' },
        data: { level, score: 50, action: 'step_up', device: 'Firefox, Linux', country: 'FR', because: ['new_country 30 country=FR'] },
      }),
    )

  const first = await house.api(admin, 'GET', '/sign-in/risk?limit=1')
  const second = await house.api(admin, 'GET', `/sign-in/risk?limit=1&cursor=${encodeURIComponent(String(first.body.cursor))}`)
  const another = await house.api(admin, 'GET', '/sign-in/risk?day=2020-01-01')

  const levels = [first, second].flatMap(({ body }) => (body.items as { level: string }[]).map(({ level }) => level))
  expect(levels.sort()).toEqual(['high', 'medium'])
  expect(first.body.items).toMatchObject([
    { ip: '203.0.113.5', country: 'FR', device: 'Firefox, Linux', because: ['new_country 30 country=FR'] },
  ])
  expect(another.body.items).toEqual([])
  expect((await house.api(undefined, 'GET', '/sign-in/risk')).status).toBe(401)
})
