import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Consent } from '../consent.ts'
import { chooseAll, chooseFrom, chooseKnown, isNew, offerOf, type Wish, withCompanions } from './consent.ts'

const wish = (change: Partial<Wish> = {}): Wish => ({
  scopes: ['openid', 'email'],
  declared: [],
  scopeClaims: ['email', 'email_verified'],
  present: new Set(['email']),
  ...change,
})

const consent = (change: Partial<Consent>): Consent => ({
  userId: 'usr_jojojojojo',
  clientId: 'desk',
  clientName: 'Desk',
  scopes: ['openid', 'email'],
  claims: [],
  declined: [],
  grantedAt: 0,
  updatedAt: 0,
  version: 1,
  ...change,
})

test('who declares no attributes gets what the scopes stand for, all or nothing', () => {
  const offer = offerOf(wish({ scopeClaims: ['email', 'email_verified', 'nickname'] }), undefined)

  expect(offer.claims).toEqual([{ name: 'email', mandatory: true, allowed: false }])
  expect(chooseFrom(offer, [])).toEqual({ scopes: ['openid', 'email'], claims: ['email', 'nickname'], declined: [] })
})

test('who declares attributes gets the essential ones, and the rest only if the person ticks it', () => {
  const offer = offerOf(
    wish({
      declared: [
        { name: 'given_name', essential: true },
        { name: 'phone_number', essential: false },
      ],
    }),
    undefined,
  )

  expect(offer.claims.map(({ name, mandatory }) => [name, mandatory])).toEqual([
    ['given_name', true],
    ['phone_number', false],
    ['email', false],
  ])
  expect(chooseFrom(offer, ['email'])).toEqual({ scopes: ['openid', 'email'], claims: ['given_name', 'email'], declined: ['phone_number'] })
})

test('asked for twice, an attribute is asked for once, with the stronger wish', () => {
  const offer = offerOf(
    wish({
      declared: [
        { name: 'email', essential: false },
        { name: 'email', essential: true },
      ],
    }),
    undefined,
  )

  expect(offer.claims).toEqual([{ name: 'email', mandatory: true, allowed: false }])
})

test('a posted choice never gives what was not offered', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('email', 'phone_number', 'roles', 'given_name', 'sub', '__proto__', 'constructor')), (posted) => {
      const offer = offerOf(
        wish({
          declared: [
            { name: 'given_name', essential: true },
            { name: 'phone_number', essential: false },
          ],
        }),
        undefined,
      )

      const { claims } = chooseFrom(offer, posted)

      expect(claims).toContain('given_name')
      expect(claims.every((name) => ['given_name', 'phone_number', 'email'].includes(name))).toBe(true)
    }),
  )
})

test('what was decided, also against, is not asked again; something new is', () => {
  const offer = offerOf(
    wish({
      declared: [
        { name: 'given_name', essential: true },
        { name: 'phone_number', essential: false },
      ],
    }),
    undefined,
  )

  expect(isNew(offer, undefined)).toBe(true)
  expect(isNew(offer, consent({ claims: ['given_name'], declined: ['phone_number', 'email'] }))).toBe(false)
  expect(isNew(offer, consent({ claims: ['given_name', 'email'] }))).toBe(true)
  expect(isNew(offer, consent({ claims: ['given_name'], declined: ['phone_number', 'email'], scopes: ['openid'] }))).toBe(true)
})

test('what was declined and is mandatory now is asked again', () => {
  const offer = offerOf(wish({ declared: [{ name: 'phone_number', essential: true }] }), undefined)

  expect(isNew(offer, consent({ claims: ['email'], declined: ['phone_number'] }))).toBe(true)
})

test('a known consent gives to a narrower request only what it asks for, and to a wider one only what was allowed', () => {
  const known = consent({ claims: ['email', 'given_name', 'phone_number'] })
  const narrow = offerOf(wish(), known)
  const wide = offerOf(wish({ declared: [{ name: 'family_name', essential: false }] }), known)

  expect(chooseKnown(narrow, known).claims).toEqual(['email'])
  expect(chooseKnown(wide, known).claims).toEqual(['email'])
  expect(narrow.claims).toEqual([{ name: 'email', mandatory: true, allowed: true }])
})

test('an application of the house itself gets what it asks for', () => {
  expect(chooseAll(offerOf(wish({ declared: [{ name: 'roles', essential: false }] }), undefined)).claims).toEqual(['roles', 'email'])
})

test('whether an address is verified goes with the address, and is never asked for by itself', () => {
  const offer = offerOf(wish({ declared: [{ name: 'email_verified', essential: true }] }), undefined)

  expect(offer.claims.map(({ name }) => name)).toEqual(['email'])
  expect(withCompanions(['email', 'given_name'])).toEqual(['email', 'given_name', 'email_verified'])
  expect(withCompanions(['given_name'])).toEqual(['given_name'])
})

test('when the profile was changed is part of a whole profile, and never given beside chosen attributes', () => {
  const scopes = { scopes: ['openid', 'profile'], scopeClaims: ['name', 'updated_at'], present: new Set(['name', 'updated_at']) }
  const whole = offerOf(wish(scopes), undefined)
  const chosen = offerOf(wish({ ...scopes, declared: [{ name: 'given_name', essential: true }] }), undefined)

  expect(chooseFrom(whole, []).claims).toEqual(['name', 'updated_at'])
  expect(chooseFrom(chosen, []).claims).toEqual(['given_name'])
  expect(chosen.claims.map(({ name }) => name)).toEqual(['given_name', 'name'])
})
