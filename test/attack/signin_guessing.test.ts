/** Guessing passwords and names, and using the defence against guessing to lock people out. */

import { IamError } from '@gatehouse/core/error.ts'
import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Jar, Visit } from '../fixture/browser_jar.ts'
import { openSignInHouse, PASSWORD, type SignInHouse, signIn } from '../fixture/sign_in_house.ts'

let house: SignInHouse

beforeEach(async () => {
  house = await openSignInHouse()
})

afterEach(() => house.close())

test('a wrong password and an unknown name get the same answer for the same work', async () => {
  const known = await workOf('jo')
  const unknown = await workOf('nobody-has-this-name')

  expect(unknown).toEqual(known)
  expect(known.status).toBe(400)
  expect(known.hashes).toBe(1)
})

test('after five tries the next must wait, for known and unknown names alike, and with the right password too', async () => {
  for (const name of ['jo', 'nobody-has-this-name']) {
    const jar = house.jar()
    for (let i = 0; i < 5; i++) expect((await tryOnce(jar, name)).status).toBe(400)

    const hashes = house.hashes()
    const sixth = await tryOnce(jar, name, PASSWORD)

    expect(sixth.status).toBe(429)
    expect(Number(sixth.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(house.hashes()).toBe(hashes)
  }
})

test('the delay ends, and the next wrong try brings a longer one', async () => {
  const jar = house.jar()
  for (let i = 0; i < 5; i++) await tryOnce(jar, 'jo')
  const first = Number((await tryOnce(jar, 'jo')).headers.get('retry-after'))
  house.pass(first)

  expect((await tryOnce(jar, 'jo')).status).toBe(400)
  const second = Number((await tryOnce(jar, 'jo')).headers.get('retry-after'))
  house.pass(second)

  expect(second).toBeGreaterThan(first)
  expect((await tryOnce(jar, 'jo', PASSWORD)).url.pathname).toBe('/t/main/consent')
})

test('fifty guesses at once are five', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const before = house.hashes()

  const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => signIn(jar, login, 'jo', `guess number ${i}`)))

  expect(house.hashes() - before).toBeLessThanOrEqual(5)
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThanOrEqual(45)
})

test("a stranger's tries do not lock the person out of a browser that they have used", async () => {
  const own = house.jar()
  await own.submit(await signIn(own, await house.authorize(own)), { decision: 'allow' })
  forgetSession(own)
  const stranger = house.jar('198.51.100.9')
  for (let i = 0; i < 8; i++) await tryOnce(stranger, 'jo')
  expect((await tryOnce(stranger, 'jo', PASSWORD)).status).toBe(429)

  expect((await tryOnce(own, 'jo', PASSWORD)).url.searchParams.has('code')).toBe(true)
})

test('a known browser has tries of its own, and no more of them', async () => {
  const own = house.jar()
  await own.submit(await signIn(own, await house.authorize(own)), { decision: 'allow' })
  forgetSession(own)

  for (let i = 0; i < 5; i++) expect((await tryOnce(own, 'jo')).status).toBe(400)

  expect((await tryOnce(own, 'jo', PASSWORD)).status).toBe(429)
})

test('who signed in as one person gets no tries of their own at another', async () => {
  await house.addUser('al', 'another walk by the lake 8')
  const attacker = house.jar()
  await attacker.submit(await signIn(attacker, await house.authorize(attacker), 'al', 'another walk by the lake 8'), { decision: 'allow' })
  forgetSession(attacker)
  const elsewhere = house.jar()
  for (let i = 0; i < 5; i++) await tryOnce(elsewhere, 'jo')

  expect((await tryOnce(attacker, 'jo')).status).toBe(429)
})

test('tries of the day before count for nothing, also where their item is still there', async () => {
  const jar = house.jar()
  for (let i = 0; i < 4; i++) await tryOnce(jar, 'jo')
  house.pass(86_401)

  for (let i = 0; i < 4; i++) expect((await tryOnce(jar, 'jo')).status).toBe(400)
  expect((await tryOnce(jar, 'jo')).status).toBe(400)
})

test('wrong tries before a success are forgiven', async () => {
  for (let round = 0; round < 4; round++) {
    const jar = house.jar()
    for (let i = 0; i < 3; i++) await tryOnce(jar, 'jo')
    const next = await tryOnce(jar, 'jo', PASSWORD)
    expect(next.url.searchParams.has('code') || next.url.pathname === '/t/main/consent').toBe(true)
    if (next.url.pathname === '/t/main/consent') await jar.submit(next, { decision: 'allow' })
  }
})

test('the fifth try may be right, and the sixth need not wait then', async () => {
  const jar = house.jar()
  for (let i = 0; i < 4; i++) await tryOnce(jar, 'jo')
  await jar.submit(await tryOnce(jar, 'jo', PASSWORD), { decision: 'allow' })

  expect((await tryOnce(house.jar(), 'jo', PASSWORD)).url.searchParams.has('code')).toBe(true)
})

test('confirming the password many times over locks nobody out', async () => {
  const jar = house.jar()
  await jar.submit(await signIn(jar, await house.authorize(jar)), { decision: 'allow' })

  for (let i = 0; i < 8; i++) {
    const back = await signIn(jar, await house.authorize(jar, { prompt: 'login' }))
    expect(back.url.searchParams.has('code')).toBe(true)
  }
})

test('a crowd that is turned away has spent no tries', async () => {
  const { ports } = house.house
  const { hasher } = ports
  const full: PasswordHasher['admit'] = () => Promise.reject(new IamError('unavailable', 'too many', { retryAfterSeconds: 2 }))
  Object.assign(ports, { hasher: { ...hasher, admit: full } })
  for (let i = 0; i < 10; i++) expect((await tryOnce(house.jar(), 'jo', PASSWORD)).status).toBe(503)
  Object.assign(ports, { hasher })

  for (let i = 0; i < 4; i++) expect((await tryOnce(house.jar(), 'jo')).status).toBe(400)
  expect((await tryOnce(house.jar(), 'jo', PASSWORD)).url.pathname).toBe('/t/main/consent')
})

test('a sign-in that is finished is no place to guess in: its own success forgives nothing', async () => {
  const jar = house.jar()
  await jar.submit(await signIn(jar, await house.authorize(jar)), { decision: 'allow' })
  const login = await house.authorize(jar, { prompt: 'login' })
  const kept = [...jar.cookies].filter(([name]) => name.includes('.interaction.'))
  expect((await signIn(jar, login)).url.searchParams.has('code')).toBe(true)

  const guess = async () => {
    for (const [name, cookie] of kept) jar.cookies.set(name, cookie)
    return (await signIn(jar, login, 'jo', 'a wrong guess entirely')).status
  }
  const answers = []
  for (let i = 0; i < 7; i++) answers.push(await guess())

  expect(answers).toEqual([400, 400, 400, 400, 429, 429, 429])
})

test('one network that guesses at many names has to wait, and others do not', async () => {
  const guesser = house.jar('198.51.100.9')
  for (let i = 0; i < 50; i++) await tryOnce(guesser, `name-${i}`)

  expect((await tryOnce(guesser, 'jo', PASSWORD)).status).toBe(429)
  expect((await tryOnce(house.jar('203.0.113.5'), 'jo', PASSWORD)).url.pathname).toBe('/t/main/consent')
})

test('a switched-off account is told of to who knows its password, and to nobody else', async () => {
  await house.addUser('off', 'the lights are out now 4', { active: false })

  const right = await tryOnce(house.jar(), 'off', 'the lights are out now 4')
  const wrong = await tryOnce(house.jar(), 'off')

  expect(right.status).toBe(403)
  expect(wrong.status).toBe(400)
})

test('a password of a megabyte is refused before it is hashed; a long one is nobody’s', async () => {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const before = house.hashes()

  expect((await signIn(jar, login, 'jo', 'x'.repeat(1_000_000))).status).toBe(413)
  expect(house.hashes()).toBe(before)
  expect((await signIn(jar, login, 'jo', 'x'.repeat(2000))).status).toBe(400)
})

test('names are compared without case and by form, so a look-alike gets no tries of its own', async () => {
  const jar = house.jar()
  for (const name of ['jo', 'JO', ' jo ', 'ｊｏ', 'Jo']) await tryOnce(jar, name)

  expect((await tryOnce(jar, 'jO', PASSWORD)).status).toBe(429)
})

async function tryOnce(jar: Jar, name: string, password = 'a wrong guess entirely'): Promise<Visit> {
  return signIn(jar, await house.authorize(jar), name, password)
}

async function workOf(name: string) {
  const jar = house.jar()
  const login = await house.authorize(jar)
  const [hashes, line] = [house.hashes(), house.logs.length]
  const visit = await signIn(jar, login, name, 'a wrong guess entirely')
  const { read, write, status } = house.logs.slice(line).find(({ message }) => message === 'request')?.fields ?? {}
  // What is of this one answer: its nonce, its form's values, its interaction.
  const body = visit.body.replaceAll(/(?:nonce|value|data-options)="[^"]*"|int_[\w-]+/g, '')
  return { status, read, write, hashes: house.hashes() - hashes, body, headers: [...visit.headers.keys()] }
}

function forgetSession(jar: Jar): void {
  for (const name of [...jar.cookies.keys()]) if (name.endsWith('.session')) jar.cookies.delete(name)
}

test('a person whose tries are counted under very many browsers is still found', async () => {
  const jo = await house.stores().users.findByName('jo')
  if (!jo) throw new Error('there is no jo')
  for (let browser = 0; browser < 120; browser++)
    await house.stores().tries.reserve({ userId: jo.id, knownBrowser: `browser ${browser}` }, 'ses_somewhere', undefined)
  const jar = house.jar()

  const arrived = await signIn(jar, await house.authorize(jar))

  expect(arrived.url.pathname).toBe('/t/main/consent')
})

test('the longest password that a policy allows signs in, whatever its characters', async () => {
  const password = '\u{1f511}'.repeat(1024)
  await house.addUser('long', password)
  const jar = house.jar()

  expect((await signIn(jar, await house.authorize(jar), 'long', password)).url.pathname).toBe('/t/main/consent')
})
