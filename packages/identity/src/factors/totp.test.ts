import { expect, test } from 'vitest'
import { base32, findTotpStep, hotp, otpauthUri } from './totp.ts'

const digitsOf = (bytes: number) => Buffer.from('1234567890'.repeat(7).slice(0, bytes))
const SECRETS = { sha1: digitsOf(20), sha256: digitsOf(32), sha512: digitsOf(64) }

// biome-ignore format: a table
const RFC_6238_APPENDIX_B = [
  [59,          '94287082', 'sha1'], [59,          '46119246', 'sha256'], [59,          '90693936', 'sha512'],
  [1111111109,  '07081804', 'sha1'], [1111111109,  '68084774', 'sha256'], [1111111109,  '25091201', 'sha512'],
  [1111111111,  '14050471', 'sha1'], [1111111111,  '67062674', 'sha256'], [1111111111,  '99943326', 'sha512'],
  [1234567890,  '89005924', 'sha1'], [1234567890,  '91819424', 'sha256'], [1234567890,  '93441116', 'sha512'],
  [2000000000,  '69279037', 'sha1'], [2000000000,  '90698825', 'sha256'], [2000000000,  '38618901', 'sha512'],
  [20000000000, '65353130', 'sha1'], [20000000000, '77737706', 'sha256'], [20000000000, '47863826', 'sha512'],
] as const

test.each(RFC_6238_APPENDIX_B)('RFC 6238 appendix B: at %i it is %s (%s)', (time, code, algorithm) => {
  expect(hotp(SECRETS[algorithm], Math.floor(time / 30), 8, algorithm)).toBe(code)
})

test.each(['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'])(
  'RFC 4226 appendix D: %s',
  (code) => {
    const counters = Array.from({ length: 10 }, (_, counter) => hotp(SECRETS.sha1, counter))

    expect(counters).toContain(code)
  },
)

test('a code is good one step before and after its time, and no longer', () => {
  const at = 1_111_111_111
  const step = Math.floor(at / 30)
  const code = hotp(SECRETS.sha1, step)

  expect([-60, -30, 0, 30, 60].map((shift) => findTotpStep(SECRETS.sha1, code, at + shift))).toEqual([
    undefined,
    step,
    step,
    step,
    undefined,
  ])
})

test.each(['', '28708', '2870822', 'abcdef', '28 70 82'])('%j is read as digits and nothing else', (text) => {
  expect(findTotpStep(SECRETS.sha1, text, 59)).toBe(text === '28 70 82' ? 1 : undefined)
})

test('the key is written as authenticator applications take it: RFC 4648 section 10', () => {
  expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => base32(Buffer.from(text)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ])
})

test('names in the address of the key cannot leave their place', () => {
  expect(otpauthUri(Buffer.from('foobar'), 'Main & Co: one', 'jo@example.org?x=1')).toBe(
    'otpauth://totp/Main%20%26%20Co%3A%20one:jo%40example.org%3Fx%3D1?secret=MZXW6YTBOI&issuer=Main%20%26%20Co%3A%20one&algorithm=SHA1&digits=6&period=30',
  )
})
