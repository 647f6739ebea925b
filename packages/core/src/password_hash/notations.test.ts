import { expect, test } from 'vitest'
import { type ImportedHash, importHash } from './notations.ts'
import { paddingFor, shapeOf } from './padding.ts'
import { parseStoredHash } from './password_hash.ts'
import { withShape } from './sorts.ts'

const SUM = 'hsYF68OiOUPdDZ1FgAfJPeq1h/gXXY7acBp9/6cAtmQ'
const BCRYPT_SUM = 'BpJDjdRkt0EgeC4/31Rf2LUZbDRDE.O'

test.each<[string, ImportedHash, RegExp]>([
  ['scrypt with N = 2^30', `$scrypt$ln=30,r=8,p=1$TmFDbA$${SUM}`, /scrypt takes at most 128 MiB/],
  ['scrypt with much work in little memory', `$scrypt$ln=14,r=8,p=16$TmFDbA$${SUM}`, /N x r x p/],
  ['scrypt with r = 2^20', `$scrypt$ln=1,r=1048576,p=1$TmFDbA$${SUM}`, /scrypt/],
  ['bcrypt of cost 31', `$2b$31$c92SVSfjeiCD6F2nAD6y0u${BCRYPT_SUM}`, /bcrypt costs 4 to 14/],
  ['bcrypt of cost 3', `$2b$03$c92SVSfjeiCD6F2nAD6y0u${BCRYPT_SUM}`, /bcrypt costs 4 to 14/],
  ['PBKDF2 with a billion iterations', `pbkdf2_sha256$1000000000$salt$${SUM}`, /PBKDF2 has 1 to/],
  ['PBKDF2 without one', `pbkdf2_sha256$0$salt$${SUM}`, /PBKDF2 has 1 to/],
  ['Argon2 with a gigabyte', `$argon2id$v=19$m=1048576,t=1,p=1$c29tZXNhbHQ$${SUM}`, /argon2 costs at most/],
  ['Argon2 that goes over little memory often', `$argon2id$v=19$m=19456,t=1000,p=1$c29tZXNhbHQ$${SUM}`, /argon2 costs at most/],
  ['Argon2 of version 1.0', `$argon2id$v=16$m=19456,t=2,p=1$c29tZXNhbHQ$${SUM}`, /no hash in a form/],
  ['SHA-crypt with a hundred million rounds', `$5$rounds=100000000$salt$${'a'.repeat(43)}`, /SHA-crypt has at most/],
  ['a hash of four bytes', '$pbkdf2-sha256$1000$c29tZXNhbHQ$AAAAAA', /16 to 128 bytes/],
  ['bcrypt of the broken kind', `$2x$05$c92SVSfjeiCD6F2nAD6y0u${BCRYPT_SUM}`, /no hash in a form/],
  ['traditional crypt', 'abJnggxhB/yWI', /no hash in a form/],
  ['a plain password', 'a long walk by the sea 7', /no hash in a form/],
  ['SSHA without a salt', '{SSHA}at+xg6SiyUovktq1redipHiJpaE=', /no hash in a form/],
  ['a digest of another length', { algorithm: 'sha256', hash: 'at+xg6SiyUovktq1redipHiJpaE=' }, /no hash in a form/],
  ['a credential that is no JSON', { secretData: '{', credentialData: '{}' }, /no hash in a form/],
  ['a credential of another kind', { secretData: '{"value":"AAAA"}', credentialData: '{"subType":"totp"}' }, /no hash in a form/],
])('%s is refused in words that do not repeat it', (_what, hash, words) => {
  const imported = importHash(hash)

  expect(imported).toMatchObject({ kind: 'problem', message: expect.stringMatching(words) })
  expect(JSON.stringify(imported)).not.toContain(SUM)
})

test.each([
  [`$2a$10$c92SVSfjeiCD6F2nAD6y0u${BCRYPT_SUM}`, { bcrypt: 2 ** 12 }, 2 ** 12 - 2 ** 10],
  [`$pbkdf2-sha256$i=10000$TmFDbA$${SUM}`, { 'pbkdf2-sha256': 600_000 }, 590_000],
  [`$scrypt$ln=14,r=8,p=1$TmFDbA$${SUM}`, { 'scrypt:r=8,p=1': 2 ** 16 }, 2 ** 16 - 2 ** 14],
  [`$6$salt$${'a'.repeat(86)}`, { 'sha_crypt-sha512': 656_000 }, 651_000],
  [`$argon2id$v=19$m=7168,t=5,p=1$c29tZXNhbHQ$${SUM}`, { 'argon2id:m=7168,p=1': 5 }, 0],
])('a refusal makes a cheaper hash as dear as the dearest: %s', (stored, shapes, left) => {
  const [name] = Object.keys(shapes)

  const padding = paddingFor(shapes, stored).map((dummy) => shapeOf(parseStoredHash(dummy)))

  expect(padding.every((shape) => shape?.name === name)).toBe(true)
  expect(padding.reduce((sum, shape) => sum + (shape?.work ?? 0), 0)).toBe(left)
})

test('nobody’s refusal computes one of each shape', () => {
  const shapes = { bcrypt: 2 ** 12, 'pbkdf2-sha1': 24_000, md5_crypt: 1 }

  expect(paddingFor(shapes, undefined).map((dummy) => shapeOf(parseStoredHash(dummy)))).toEqual([
    { name: 'bcrypt', work: 2 ** 12 },
    { name: 'pbkdf2-sha1', work: 24_000 },
    { name: 'md5_crypt', work: 1 },
  ])
})

test('a hash of Keycloak’s former length counts both of its blocks', () => {
  const stored = `$pbkdf2-sha256$i=27500$TmFDbA$${'A'.repeat(86)}`

  expect(shapeOf(parseStoredHash(stored))).toEqual({ name: 'pbkdf2-sha256', work: 55_000 })
})

test('four shapes are remembered, each with its dearest; a fifth is refused', () => {
  const four = { a: 1, b: 1, c: 1, d: 1 }

  expect(withShape({}, { name: 'bcrypt', work: 1024 })).toEqual({ bcrypt: 1024 })
  expect(withShape(four, { name: 'a', work: 2 })).toEqual({ ...four, a: 2 })
  expect(withShape(four, { name: 'a', work: 1 })).toBe(four)
  expect(withShape(four, { name: 'e', work: 1 })).toBeUndefined()
})
