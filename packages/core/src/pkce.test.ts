import { expect, test } from 'vitest'
import { checkCodeVerifier, checkPkce, readCodeChallenge } from './pkce.ts'

const challenge = 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM'

test('only S256 is a method, and plain is what a missing method means', () => {
  expect(readCodeChallenge(challenge, 'S256', true)).toBe(challenge)
  for (const method of ['plain', 's256', 'S512', undefined])
    expect(() => readCodeChallenge(challenge, method, false)).toThrow('code_challenge_method must be S256')
})

test('a challenge may be missing only where it need not be there', () => {
  expect(readCodeChallenge(undefined, undefined, false)).toBeUndefined()
  expect(() => readCodeChallenge(undefined, undefined, true)).toThrow('must use PKCE')
  expect(() => readCodeChallenge(undefined, 'S256', false)).toThrow('came without code_challenge')
})

test('a verifier without a challenge is as wrong as a challenge without a verifier', () => {
  expect(() => checkPkce(undefined, undefined)).not.toThrow()
  expect(() => checkPkce(challenge, challenge)).not.toThrow()
  expect(() => checkPkce(challenge, undefined)).toThrow('does not match')
  expect(() => checkPkce(undefined, challenge)).toThrow('does not match')
})

test('a verifier has 43 to 128 unreserved characters', () => {
  for (const good of ['a'.repeat(43), 'a'.repeat(128), '-._~'.repeat(11)]) expect(() => checkCodeVerifier(good)).not.toThrow()
  for (const bad of ['a'.repeat(42), 'a'.repeat(129), `${'a'.repeat(43)} `, 'ä'.repeat(43)])
    expect(() => checkCodeVerifier(bad)).toThrow('code_verifier')
})
