import { expect, test } from 'vitest'
import { parsePlace, placeName, shownPlaceOf } from './place.ts'

test('a place is read part by part, and a part that does not read is left out', () => {
  const said = {
    country: 'de',
    region: 'BW',
    city: 'Köln',
    latitude: '50.9375',
    longitude: '6.9603',
    timeZone: 'Europe/Berlin',
    asn: '3320',
  }

  expect(parsePlace(said)).toEqual({ ...said, country: 'DE', latitude: 50.9375, longitude: 6.9603, asn: 3320 })
  expect(parsePlace({ ...said, latitude: '91', asn: '-1', city: '<b>' })).toEqual({
    country: 'DE',
    region: 'BW',
    timeZone: 'Europe/Berlin',
  })
})

test.each([undefined, '', 'DEU', 'ZZ', 'XX', '1', 7, 'D\u0000'])('%j is no country, and without one there is no place', (country) => {
  expect(parsePlace({ country, city: 'Köln' })).toBeUndefined()
})

test('a place is told in the words of a locale, and no closer than the city', () => {
  const place = { country: 'DE', city: 'Freiburg', latitude: 48, longitude: 7.85 }

  expect(shownPlaceOf(place)).toEqual({ country: 'DE', city: 'Freiburg' })
  expect([placeName(place, 'en'), placeName(place, 'de'), placeName({ country: 'DE' }, 'ar')]).toEqual([
    'Freiburg, Germany',
    'Freiburg, Deutschland',
    'ألمانيا',
  ])
})
