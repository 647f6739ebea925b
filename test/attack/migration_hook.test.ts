/** People who are looked up in an old system at their first sign-in: what comes over, and what nobody can do with it. */
import { createHash, createHmac } from 'node:crypto'
import { IamError } from '@gatehouse/core/error.ts'
import type { MigrationPolicy } from '@gatehouse/core/migration_policy.ts'
import { migrationSealContext } from '@gatehouse/identity/migration/ask_old_system.ts'
import type { EgressRequest } from '@gatehouse/ports/egress.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'
import { openSignInHouse, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

const SECRET = 'a secret that both systems know, 40 long'
const URL_OF_HOOK = 'https://old.example/hooks/sign-in'
const OLD_PASSWORD = 'as it was there'

let house: SignInHouse
let asked: EgressRequest[]
/** What the old system answers with; by default it knows `ann`. */
let answer: (question: { id: string; userName: string; password: string }) => unknown

beforeEach(async () => {
  house = await openSignInHouse()
  asked = []
  answer = ({ userName, password }) =>
    userName.toLowerCase() === 'ann' && password === OLD_PASSWORD
      ? { outcome: 'right', user: { userName: 'ann', name: { givenName: 'Ann' }, emails: [{ value: 'ann@old.example', verified: true }] } }
      : { outcome: 'wrong' }
  const egress = {
    send: async (request: EgressRequest) => {
      asked.push(request)
      const question = JSON.parse(request.body ?? '')
      const said = answer(question)
      if (said instanceof Error) throw said
      const body = typeof said === 'string' ? said : JSON.stringify({ id: question.id, ...(said as object) })
      return { status: 200, headers: { 'content-type': 'application/json' }, body }
    },
  }
  Object.assign(house.house.ports, { egress })
  await setPolicy({})
})

afterEach(() => house.close())

async function setPolicy(change: Partial<MigrationPolicy>): Promise<void> {
  const store = house.stores().tenant
  const tenant = await store.find()
  if (!tenant) throw new Error('no tenant')
  const sealedSecret = await house.house.ports.vault.seal(Buffer.from(SECRET), migrationSealContext('main'))
  const policy = {
    url: URL_OF_HOOK,
    sealedSecret,
    secretId: 'the-id',
    timeoutMilliseconds: 3000,
    until: '2027-01-01T00:00:00Z',
    attributes: {},
    groups: [],
    roles: [],
  }
  await store.update({ ...tenant, policies: { ...tenant.policies, migration: { ...policy, ...change } } })
  house.house.cache.tenants.forget('main')
}

async function tryOnce(userName: string, password: string, ip?: string) {
  const jar = openJar(house, ip)
  return signIn(jar, await house.authorize(jar), userName, password)
}

const person = (userName: string) => house.stores().users.findByName(userName)

describe('the question', () => {
  test('is signed over its address and its body, by RFC 9421, for a minute', async () => {
    await tryOnce('ann', OLD_PASSWORD)

    const [{ url, method, headers = {}, body = '', timeoutMilliseconds, maximumBytes } = {} as EgressRequest] = asked
    const [, input = ''] = /^gatehouse=(.*)$/.exec(headers['signature-input'] ?? '') ?? []
    const [, created, expires, nonce] = /;created=(\d+);expires=(\d+);nonce="([^"]+)"/.exec(input) ?? []
    const digest = `sha-256=:${createHash('sha256').update(body).digest('base64')}:`
    const base = `"@method": POST\n"@target-uri": ${URL_OF_HOOK}\n"content-type": application/json\n"content-digest": ${digest}\n"@signature-params": ${input}`

    expect([url, method, headers['content-digest']]).toEqual([URL_OF_HOOK, 'POST', digest])
    expect(headers.signature).toBe(`gatehouse=:${createHmac('sha256', SECRET).update(base).digest('base64')}:`)
    expect(input).toMatch(
      /^\("@method" "@target-uri" "content-type" "content-digest"\);.*;keyid="the-id";alg="hmac-sha256";tag="gatehouse-migration"$/,
    )
    expect(Number(expires) - Number(created)).toBe(60)
    expect(JSON.parse(body)).toEqual({ id: nonce, tenant: 'main', userName: 'ann', password: OLD_PASSWORD })
    expect([timeoutMilliseconds, maximumBytes]).toEqual([3000, 32_768])
  })

  test('is another one each time', async () => {
    await tryOnce('ann', 'wrong')
    await tryOnce('ann', 'wrong')

    expect(new Set(asked.map(({ body }) => JSON.parse(body ?? '').id)).size).toBe(2)
  })
})

test('who is right there comes over with a hash of ours, goes on, and is not asked for again', async () => {
  const first = await tryOnce('ann', OLD_PASSWORD)
  const second = await tryOnce('ann', OLD_PASSWORD)

  expect([first.url.pathname, second.url.pathname]).toEqual(['/t/main/consent', '/t/main/consent'])
  expect(asked).toHaveLength(1)
  expect(await person('ann')).toMatchObject({
    name: { givenName: 'Ann' },
    emails: [{ value: 'ann@old.example', verified: true }],
    roles: [],
  })
  expect(await house.stores().verifiedEmails.find('ann@old.example')).toMatchObject({ kind: 'user' })
})

test('a person who never had a password here gets theirs, and keeps their profile', async () => {
  const id = await addWithoutPassword('ann')

  const arrived = await tryOnce('ann', OLD_PASSWORD)

  expect(arrived.url.pathname).toBe('/t/main/consent')
  expect(await person('ann')).toMatchObject({ id, name: { givenName: 'Given' }, emails: [{ value: 'ann@example.org' }] })
})

test('two sign-ins at the same moment bring one person over, and both go on', async () => {
  const arrived = await Promise.all([tryOnce('ann', OLD_PASSWORD), tryOnce('ann', OLD_PASSWORD)])

  expect(arrived.map(({ url }) => url.pathname)).toEqual(['/t/main/consent', '/t/main/consent'])
})

test('roles and groups come over only where the tenant allows them', async () => {
  await house.stores().roles.save({ id: 'rol_rider', name: 'rider', permissions: [], version: 0 }, {})
  await house.stores().roles.save({ id: 'rol_admin', name: 'tenant-admin', permissions: [], version: 0 }, {})
  await setPolicy({ roles: ['rider'] })
  answer = () => ({ outcome: 'right', user: { userName: 'ann', roles: ['tenant-admin', 'rider'], groups: ['Admins'] } })

  await tryOnce('ann', OLD_PASSWORD)

  expect(await person('ann')).toMatchObject({ roles: ['rol_rider'], groups: [] })
})

test('an address that somebody here has proven stays theirs, whatever the old system says', async () => {
  const jo = await person('jo')
  await house.stores().verifiedEmails.claim('ann@old.example', { kind: 'user', userId: jo?.id ?? 'usr_none' })
  if (jo) await house.stores().users.update(jo, { ...jo, emails: [{ value: 'ann@old.example', verified: true }] }, 'user.updated', {})

  await tryOnce('ann', OLD_PASSWORD)

  expect(await person('ann')).toMatchObject({ emails: [{ value: 'ann@old.example', verified: false }] })
})

test('a person with a password here is never asked for there, whatever they type', async () => {
  await tryOnce('jo', 'as it was there')
  await tryOnce('JO', 'as it was there')

  expect(asked).toEqual([])
})

test('a password that was taken out of force here does not come back from there', async () => {
  const jo = await house.addUser('ann', 'was taken out of force')
  await house.house.ports.table.transact([house.stores().users.passwordRevokedWrite(jo.id)])

  const arrived = await tryOnce('ann', OLD_PASSWORD)

  expect(arrived.status).toBe(400)
  expect(asked).toEqual([])
})

test('who is suspended here is not let in from there', async () => {
  const id = await addWithoutPassword('ann')
  const before = await person('ann')
  if (before) await house.stores().users.update(before, { ...before, active: false }, 'user.suspended', {})

  expect((await tryOnce('ann', OLD_PASSWORD)).status).toBe(400)
  expect(asked).toEqual([])
  expect((await house.stores().users.findRecord(id))?.password).toBeUndefined()
})

test('after its day nobody is asked for', async () => {
  await setPolicy({ until: '2026-01-05T08:59:59Z' })

  expect((await tryOnce('ann', OLD_PASSWORD)).status).toBe(400)
  expect(asked).toEqual([])
})

describe('an answer that is not as it should be lets nobody in, and looks like a wrong password', () => {
  test.each<[string, typeof answer]>([
    ['an answer of before, sent again', () => JSON.stringify({ id: 'of-before', outcome: 'right', user: { userName: 'ann' } })],
    ['somebody else’s', () => ({ outcome: 'right', user: { userName: 'root' } })],
    ['true', () => 'true'],
    ['a page', () => '<html>right</html>'],
    ['late', () => new IamError('unavailable', 'The address did not answer.')],
    ['too large', () => new IamError('unavailable', 'The address gave no usable answer.')],
    ['at an address within', () => new IamError('access_denied', 'The address may not be reached.')],
    ['a person with a broken address', () => ({ outcome: 'right', user: { userName: 'ann', emails: ['<script>'] } })],
    ['a role that is gone', () => ({ outcome: 'right', user: { userName: 'ann', roles: ['gone'] } })],
  ])('%s', async (_what, said) => {
    await setPolicy({ roles: ['gone'] })
    const wrong = await tryOnce('somebody-nobody-knows', OLD_PASSWORD)
    answer = said

    const arrived = await tryOnce('ann', OLD_PASSWORD)

    expect(arrived.status).toBe(400)
    expect(shape(arrived.body, 'ann')).toBe(shape(wrong.body, 'somebody-nobody-knows'))
    expect(await person('ann')).toBeUndefined()
  })
})

describe('the hook is no way to guess passwords of the old system', () => {
  test('a name has five tries, from wherever, then it waits; the right password too', async () => {
    for (let i = 0; i < 8; i++) await tryOnce('ann', `guess ${i}`, `198.51.100.${i}`)

    expect((await tryOnce('ann', OLD_PASSWORD)).status).toBe(429)
    expect(asked).toHaveLength(5)
  })

  test('a network that tries many names is asked for thirty a minute at most', async () => {
    for (let i = 0; i < 40; i++) await tryOnce(`name-${i}`, 'guess')

    expect(asked.length).toBeLessThanOrEqual(30)
  })

  test('fifty guesses at once are five', async () => {
    const jar = openJar(house)
    const login = await house.authorize(jar)
    await Promise.all(Array.from({ length: 50 }, (_, i) => signIn(jar, login, 'ann', `guess ${i}`)))

    expect(asked.length).toBeLessThanOrEqual(5)
  })

  test('what no user name can be is not asked for', async () => {
    for (const name of ['a', 'a\u0000b', '../ann', 'x'.repeat(200)]) await tryOnce(name, 'guess')

    expect(asked).toEqual([])
  })
})

test('nothing that was typed stands in the log', async () => {
  answer = () => new IamError('unavailable', 'The address did not answer.', { detail: 'old.example: timeout' })
  await tryOnce('ann', OLD_PASSWORD)

  const logged = JSON.stringify(house.logs)
  expect(logged).toContain('the old system was not reached')
  expect(logged).not.toContain(OLD_PASSWORD)
  expect(logged).not.toContain(SECRET)
})

async function addWithoutPassword(userName: string) {
  const user = await house.addUser(userName, 'for a moment')
  await house.house.ports.table.remove({ pk: `t#main#u#${user.id}`, sk: 'A#CRED#password' })
  return user.id
}

/** The page without what is of this name and this moment. */
function shape(page: string, userName: string): string {
  return page.replaceAll(userName, 'NAME').replace(/(?:nonce|value|content|data-options)="[^"]*"|int_[\w-]+/g, '')
}
