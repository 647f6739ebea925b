import type { PasswordHasher } from '@gatehouse/ports/password_hasher.ts'
import { expect, test } from 'vitest'
import { type Engine, nativeEngine, nodeEngine } from './engine.ts'
import { openArgon2 } from './open_argon2.ts'
import { parsePhc, renderPhc } from './phc.ts'

const COST = { memoryKib: 19_456, passes: 2, lanes: 1 }

test('a password is verified by its own hash only', async () => {
  const hasher = openArgon2()

  const phc = await hasher.hash('correct horse')

  expect(phc).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/)
  expect(await verify(hasher, phc, 'correct horse')).toBe(true)
  expect(await verify(hasher, phc, 'correct horsf')).toBe(false)
  expect(await hasher.hash('correct horse')).not.toBe(phc)
})

test('a password is the same from every keyboard', async () => {
  const hasher = openArgon2()

  expect(await verify(hasher, await hasher.hash('caf\u00e9 au lait'), 'cafe\u0301 au lait')).toBe(true)
})

test('both engines make the same bytes', async () => {
  const native = await nativeEngine()
  const salt = Buffer.from('0123456789abcdef')

  const hashes = await Promise.all([native, nodeEngine].map((engine) => engine('pässwörd', salt, COST, 32)))

  expect(hashes[0]?.equals(hashes[1] ?? Buffer.alloc(0))).toBe(true)
})

test('a hash made by one engine is verified by the other', async () => {
  const phc = await openArgon2({ engine: nativeEngine }).hash('secret')

  expect(await verify(openArgon2({ engine: async () => nodeEngine }), phc, 'secret')).toBe(true)
})

test('the dummy is one valid hash at the current cost', async () => {
  const hasher = openArgon2()

  const dummy = await hasher.dummy()

  expect(parsePhc(dummy).cost).toEqual(COST)
  expect(await hasher.dummy()).toBe(dummy)
  expect(await verify(hasher, dummy, '')).toBe(false)
})

test('no more run at once than allowed, in the order in which they came, and the crowd is turned away', async () => {
  let running = 0
  let most = 0
  const order: string[] = []
  const slow: Engine = async (password) => {
    running += 1
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, 5))
    running -= 1
    order.push(password)
    return Buffer.alloc(32)
  }
  const hasher = openArgon2({ concurrency: 2, maximumWaiting: 3, engine: async () => slow })

  const outcomes = await Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((password) => hasher.hash(password)))

  expect(most).toBe(2)
  expect(order).toEqual(['a', 'b', 'c', 'd', 'e'])
  expect(outcomes.map((outcome) => outcome.status)).toEqual([...Array(5).fill('fulfilled'), 'rejected', 'rejected'])
  expect(outcomes[5]).toMatchObject({ reason: { code: 'unavailable' } })
})

test('whoever is turned away has begun nothing, and whoever was let in is not turned away any more', async () => {
  const begun: string[] = []
  const slow: Engine = () => new Promise((resolve) => setTimeout(() => resolve(Buffer.alloc(32)), 5))
  const hasher = openArgon2({ concurrency: 1, maximumWaiting: 1, engine: async () => slow })
  const phc = await hasher.hash('x')

  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((name) =>
      hasher.admit(async (check) => {
        begun.push(name)
        return [await check(phc, name), await check(phc, name)]
      }),
    ),
  )

  expect(begun).toEqual(['a', 'b'])
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'fulfilled', 'rejected'])
})

test('a failed hash gives its place to the next', async () => {
  let calls = 0
  const failing: Engine = async () => {
    calls += 1
    throw new Error('no memory')
  }
  const hasher = openArgon2({ concurrency: 1, engine: async () => failing })

  await Promise.allSettled([hasher.hash('a'), hasher.hash('b')])

  expect(calls).toBe(2)
})

test('what is no hash of a known form, or costs too much, is refused without being shown', async () => {
  const hasher = openArgon2()
  const huge = renderPhc({ cost: { memoryKib: 9_000_000, passes: 2, lanes: 1 }, salt: Buffer.alloc(16), hash: Buffer.alloc(32) })

  await expect(verify(hasher, '$2b$10$abc', 'x')).rejects.toThrow('A stored password hash has no form that is known.')
  await expect(verify(hasher, huge, 'x')).rejects.toThrow('costs too much')
})

function verify(hasher: PasswordHasher, phc: string, password: string): Promise<boolean> {
  return hasher.admit((check) => check(phc, password))
}
