import { expect, test } from 'vitest'
import type { ProvenFactor } from './factor.ts'
import { mayApprove, numbersOf, PUSH_PROOF_SECONDS } from './push.ts'

test('three different numbers of two digits, the sought among them, in an order that does not tell', () => {
  for (let seed = 0; seed < 2000; seed++) {
    const bytes = Uint8Array.of(seed >> 8, seed, seed, seed >> 8, seed * 7, seed * 3)

    const { number, choices } = numbersOf(bytes)

    expect(new Set(choices).size).toBe(3)
    expect(choices).toContain(number)
    expect(choices).toEqual([...choices].sort())
    for (const choice of choices) expect(choice).toMatch(/^[1-9]\d$/)
  }
})

test.each<[string, ProvenFactor[], boolean]>([
  ['a code by mail in the first step alone', [{ kind: 'email_otp', at: 100_000, first: true }], false],
  ['a passkey alone whose device made sure of its user', [{ kind: 'passkey', at: 100_000, first: true, userVerified: true }], true],
  ['a passkey alone whose device did not', [{ kind: 'passkey', at: 100_000, first: true }], false],
  ['a password alone', [{ kind: 'password', at: 0 }], false],
  [
    'an app just now',
    [
      { kind: 'password', at: 0 },
      { kind: 'totp', at: 100_000 },
    ],
    true,
  ],
  [
    'an app long ago',
    [
      { kind: 'password', at: 0 },
      { kind: 'totp', at: 100_000 - PUSH_PROOF_SECONDS },
    ],
    false,
  ],
  [
    'a push',
    [
      { kind: 'password', at: 0 },
      { kind: 'push', at: 100_000 },
    ],
    false,
  ],
  [
    'a recovery code',
    [
      { kind: 'password', at: 0 },
      { kind: 'recovery_code', at: 100_000 },
    ],
    false,
  ],
])('a session of %s: may it approve?', (_, factors, may) => {
  expect(mayApprove({ authTime: 0, amr: [], factors }, 100_000)).toBe(may)
})
