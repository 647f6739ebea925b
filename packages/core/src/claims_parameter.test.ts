import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseClaimsParameter } from './claims_parameter.ts'
import { IamError } from './error.ts'

test("the standard's own example, of which we ignore the claim that the house does not have", () => {
  const text = JSON.stringify({
    userinfo: { given_name: { essential: true }, nickname: null, 'http://example.info/claims/groups': null },
    id_token: { auth_time: { essential: true }, acr: { values: ['urn:mace:incommon:iap:silver'] }, email: null },
  })

  expect(parseClaimsParameter(text)).toEqual({
    userinfo: [
      { name: 'given_name', essential: true },
      { name: 'nickname', essential: false },
    ],
    idToken: [{ name: 'email', essential: false }],
    acr: { essential: false, values: ['urn:mace:incommon:iap:silver'], narrowed: true },
  })
})

test('sub with a value names the person', () => {
  expect(parseClaimsParameter('{"id_token":{"sub":{"value":"usr_jo"}}}').subject).toBe('usr_jo')
})

test('nothing was asked for where nothing came', () => {
  for (const text of [undefined, '{}', '{"userinfo":null,"id_token":null}'])
    expect(parseClaimsParameter(text)).toEqual({ idToken: [], userinfo: [] })
})

test('whatever comes is parsed or refused as invalid_request', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.json(),
        fc.string(),
        fc.object().map((value) => JSON.stringify({ userinfo: value, id_token: value })),
      ),
      (text) => {
        try {
          parseClaimsParameter(text)
        } catch (error) {
          expect(error).toBeInstanceOf(IamError)
          expect(error).toMatchObject({ code: 'invalid_request' })
        }
      },
    ),
  )
})
