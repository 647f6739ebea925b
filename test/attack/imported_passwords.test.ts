/** Hashes of other systems: what they must not tell, cost or allow. */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type ManagementHouse, openManagementHouse } from '../contract/management/management_house.ts'
import { openJar } from '../fixture/browser_jar.ts'
import { openSignInHouse, PASSWORD, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

/** passlib 1.7.4's vectors: of `test`, and of `U*U*U*U*`. */
const SSHA = '{SSHA}P90+qijSp8MJ1tN25j5o1PflUvlqjXHOGeOckw=='
const STORED_SSHA = '$digest-sha1$salt=after$ao1xzhnjnJM$P90+qijSp8MJ1tN25j5o1PflUvk'
const BCRYPT = '$2a$05$c92SVSfjeiCD6F2nAD6y0uBpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'

let house: SignInHouse
/** Hashes that were compared, in order; `own` stands for one of the house's, or its dummy. */
let compared: string[]

beforeEach(async () => {
  house = await openSignInHouse()
  compared = []
  const { hasher } = house.house.ports
  const watched: typeof hasher = {
    ...hasher,
    admit: (work) =>
      hasher.admit((verify, hash) => {
        const seen = (stored: string, password: string) => {
          compared.push(hasher.isCurrent(stored) ? 'own' : stored)
          return verify(stored, password)
        }
        return work(seen, (password) => {
          compared.push('own')
          return hash(password)
        })
      }),
  }
  Object.assign(house.house.ports, { hasher: watched })
})

afterEach(() => house.close())

async function addImported(userName: string, stored: string): Promise<void> {
  const user = await house.addUser(userName, PASSWORD)
  await house.stores().users.setPassword(user, stored, {})
}

async function tryOnce(userName: string, password: string) {
  const jar = openJar(house)
  return signIn(jar, await house.authorize(jar), userName, password)
}

async function hashOf(userName: string): Promise<string | undefined> {
  const user = await house.stores().users.findByName(userName)
  return user && (await house.stores().users.findRecord(user.id, { consistent: true }))?.password?.hash
}

test('the first sign-in renews the hash, by one try and one hash at the present cost, and ends nothing', async () => {
  await addImported('ssha', STORED_SSHA)
  const before = await house.stores().users.findByName('ssha')

  const first = await tryOnce('ssha', 'test')
  const second = await tryOnce('ssha', 'test')

  expect([first.url.pathname, second.url.pathname]).toEqual(['/t/main/consent', '/t/main/consent'])
  expect(compared).toEqual([STORED_SSHA, 'own', 'own'])
  expect(await hashOf('ssha')).toMatch(/^\$fixture\$/)
  expect(await house.stores().users.findByName('ssha')).toEqual(before)
})

test('a wrong password renews nothing, and is counted once', async () => {
  await addImported('ssha', STORED_SSHA)

  for (let i = 0; i < 5; i++) expect((await tryOnce('ssha', 'tset')).status).toBe(400)

  expect((await tryOnce('ssha', 'test')).status).toBe(429)
  expect(await hashOf('ssha')).toBe(STORED_SSHA)
})

test('a password that was changed while it was compared is not put back by the renewal', async () => {
  await addImported('ssha', STORED_SSHA)
  const user = await house.stores().users.findByName('ssha')
  if (!user) throw new Error('the person is gone')

  await house.stores().users.setPassword(user, '$fixture$changed-meanwhile', {})
  await house.stores().users.renewPassword(user.id, STORED_SSHA, '$fixture$renewed-too-late', {})

  expect(await hashOf('ssha')).toBe('$fixture$changed-meanwhile')
})

test('a refusal does the same work for a cheap foreign hash, an own one and nobody', async () => {
  await addImported('ssha', STORED_SSHA)
  const refused = await Promise.all(['ssha', 'jo', 'nobody-has-this-name'].map(async (name) => tryOnce(name, 'wrong 7 wrong')))

  expect(refused.map(({ status }) => status)).toEqual([400, 400, 400])
  // A digest is microseconds.
  expect(compared.filter((hash) => hash !== STORED_SSHA)).toEqual(['own', 'own', 'own'])
})

test('a refusal does the same work for a dear foreign hash, a cheaper one of the same sort, an own one and nobody', async () => {
  await addImported('dear', BCRYPT.replace('$05$', '$07$'))
  await addImported('cheap', BCRYPT)
  await house.stores().tenant.noteImportedHash({ name: 'bcrypt', work: 2 ** 7 }, {})
  house.pass(6)

  const work: Record<string, { own: number; rounds: number }> = {}
  for (const name of ['dear', 'cheap', 'jo', 'nobody-has-this-name']) {
    compared.length = 0
    expect((await tryOnce(name, 'wrong 7 wrong')).status).toBe(400)
    const rounds = compared.filter((hash) => hash !== 'own').map((hash) => 2 ** Number(hash.slice(4, 6)))
    work[name] = { own: compared.filter((hash) => hash === 'own').length, rounds: rounds.reduce((sum, one) => sum + one, 0) }
  }

  expect(new Set(Object.values(work).map((one) => JSON.stringify(one)))).toEqual(new Set([JSON.stringify({ own: 1, rounds: 128 })]))
})

let managed: ManagementHouse | undefined
afterEach(() => managed?.close())

async function openManaged(): Promise<{ admin: string; clerk: string; api: ManagementHouse['api'] }> {
  managed = await openManagementHouse()
  const admin = await managed.administratorToken()
  await managed.api(admin, 'PUT', '/roles/clerk', { name: 'clerk', permissions: ['users:read', 'users:write'] })
  await managed.addPerson('clara', ['clerk'])
  return { admin, clerk: await managed.signIn('clara'), api: managed.api }
}

test('who may change people may not bring in hashes', async () => {
  const { clerk, api } = await openManaged()

  const created = await api(clerk, 'POST', '/users', { userName: 'al', passwordHash: SSHA })
  const forgotten = await api(clerk, 'DELETE', '/imported-hashes')

  expect([created.status, forgotten.status]).toEqual([403, 403])
  expect((await api(clerk, 'GET', '/users?userName=al')).body.users).toEqual([])
})

test.each([
  ['scrypt with N = 2^30', '$scrypt$ln=30,r=8,p=1$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI'],
  ['bcrypt of cost 31', BCRYPT.replace('$05$', '$31$')],
  ['no hash at all', 'a long walk by the sea 7'],
])('%s is refused with its path, and nobody is made', async (_what, passwordHash) => {
  const { admin, api } = await openManaged()

  const { status, body } = await api(admin, 'POST', '/users', { userName: 'al', passwordHash })

  expect(status).toBe(422)
  expect(body.errors).toEqual([expect.objectContaining({ pointer: '/passwordHash' })])
  expect(JSON.stringify(body)).not.toContain(passwordHash)
  expect((await api(admin, 'GET', '/users?userName=al')).body.users).toEqual([])
})

test('a password and a hash together are refused', async () => {
  const { admin, api } = await openManaged()

  const { status } = await api(admin, 'POST', '/users', { userName: 'al', password: PASSWORD, passwordHash: SSHA })

  expect(status).toBe(422)
})

test('hashes of more than four sorts are not taken: a refusal computes each', async () => {
  const { admin, api } = await openManaged()
  const ofBlockSize = (r: number) => `$scrypt$ln=4,r=${r},p=1$TmFDbA$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI`
  const add = (r: number) => api(admin, 'POST', '/users', { userName: `person-${r}`, passwordHash: ofBlockSize(r) })

  for (const r of [1, 2, 3, 4]) expect((await add(r)).status).toBe(201)

  expect((await add(5)).status).toBe(409)
  expect((await api(admin, 'GET', '/imported-hashes')).body.sorts).toHaveLength(4)
  expect((await api(admin, 'DELETE', '/imported-hashes')).status).toBe(204)
  expect((await add(5)).status).toBe(201)
})

test('no answer holds the hash, nor does the audit record', async () => {
  const { admin, api } = await openManaged()
  const made = await api(admin, 'POST', '/users', { userName: 'al', passwordHash: BCRYPT })

  const shown = await api(admin, 'GET', `/users/${made.body.id}`)
  const audit = await api(admin, 'GET', '/audit')

  expect(JSON.stringify([made.body, shown.body, audit.body])).not.toContain(BCRYPT.slice(29))
})
