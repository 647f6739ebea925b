/**
 * Places by a file in MaxMind's format (MaxMind DB file format 2.0): country databases, city databases, those of ip-location-db. Read into memory with the
 * first address that is asked for.
 */
import { readFile } from 'node:fs/promises'
import { isIP } from 'node:net'
import { type Place, parsePlace } from '@gatehouse/core/place.ts'
import type { Places } from '@gatehouse/ports/places.ts'
import { isLoopbackAddress } from '../egress/address.ts'

type Find = (ip: string) => Place | undefined

/** Rejects, at the first look-up, where the file cannot be read or is no such database. */
export function openMmdbPlaces(file: string): Places {
  let opened: Promise<Find> | undefined
  return {
    async find(ip) {
      if (ip === undefined || isIP(ip) === 0 || isLoopbackAddress(ip)) return undefined
      opened ??= openDatabase(file)
      return (await opened)(ip)
    },
  }
}

async function openDatabase(file: string): Promise<Find> {
  const { Reader } = await import('mmdb-lib')
  const reader = new Reader<Record<string, unknown>>(await readFile(file))
  return (ip) => {
    const record: unknown = reader.get(ip)
    return isRecord(record) ? placeOf(record) : undefined
  }
}

/** The two spellings: nested objects as in GeoIP2 and DB-IP, flat ones as in ip-location-db. */
function placeOf(record: Readonly<Record<string, unknown>>): Place | undefined {
  const at = (...path: readonly (string | number)[]): unknown =>
    path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), record)
  return parsePlace({
    country: at('country_code') ?? at('country', 'iso_code') ?? at('registered_country', 'iso_code'),
    region: at('subdivisions', 0, 'iso_code'),
    city: typeof record.city === 'string' ? record.city : at('city', 'names', 'en'),
    latitude: at('latitude') ?? at('location', 'latitude'),
    longitude: at('longitude') ?? at('location', 'longitude'),
    timeZone: at('timezone') ?? at('location', 'time_zone'),
    asn: at('autonomous_system_number') ?? at('traits', 'autonomous_system_number'),
  })
}

function isRecord(value: unknown): value is Record<string | number, unknown> {
  return typeof value === 'object' && value !== null
}
