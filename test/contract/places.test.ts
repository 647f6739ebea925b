/** Where addresses are: the countries that come with the house, and a database of somebody's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openMmdbPlaces } from '@gatehouse/adapters/places/open_mmdb_places.ts'
import { afterAll, expect, test } from 'vitest'
import { writeMmdb } from '../fixture/mmdb_file.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-places-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the countries that come with the house know public addresses, and nothing of this machine', async () => {
  const places = openMmdbPlaces(fileURLToPath(import.meta.resolve('@ip-location-db/geo-whois-asn-country-mmdb/geo-whois-asn-country.mmdb')))

  const found = await Promise.all(
    ['8.8.8.8', '2001:4860:4860::8888', '193.99.144.80', '10.0.0.1', '::1', 'nonsense', undefined].map(places.find),
  )

  expect(found.map((place) => place?.country)).toEqual(['US', 'US', 'DE', undefined, undefined, undefined, undefined])
})

test("a city database's own spelling is understood, with degrees and zone", async () => {
  const file = writeMmdb(join(folder, 'city.mmdb'), {
    '203.0.113.0/24': {
      country: { iso_code: 'JP' },
      city: { names: { en: 'Tokyo' } },
      subdivisions: [{ iso_code: '13' }],
      location: { latitude: 35.6895, longitude: 139.6917, time_zone: 'Asia/Tokyo' },
    },
    '198.51.100.0/25': { country_code: 'US', city: 'Boston', latitude: 42.36, longitude: -71.06 },
  })
  const { find } = openMmdbPlaces(file)

  expect(await find('203.0.113.9')).toEqual({
    country: 'JP',
    region: '13',
    city: 'Tokyo',
    latitude: 35.6895,
    longitude: 139.6917,
    timeZone: 'Asia/Tokyo',
  })
  expect(await find('198.51.100.9')).toEqual({ country: 'US', city: 'Boston', latitude: 42.36, longitude: -71.06 })
  expect([await find('198.51.100.200'), await find('2001:db8::1')]).toEqual([undefined, undefined])
})

test('a file that is no such database is said to be none', async () => {
  const file = join(folder, 'none.mmdb')
  writeFileSync(file, 'not a database')

  await expect(openMmdbPlaces(file).find('203.0.113.9')).rejects.toThrow()
})
