/**
 * The door of a function: who did not come through the front door (CloudFront) is refused before a word of theirs is believed. Then the request goes to
 * the one app that this function serves; every other route is not found.
 */
import { hash, timingSafeEqual } from 'node:crypto'
import { isTenantId } from '@gatehouse/core/ids.ts'
import { parsePlace } from '@gatehouse/core/place.ts'
import { type Apps, openFront, type Peer } from '@gatehouse/http/front.ts'
import type { House } from '@gatehouse/http/house.ts'
import type { Address } from '@gatehouse/ports/addresses.ts'
import { addressesAt, type Place } from './addresses.ts'
import { type FunctionUrlEvent, type FunctionUrlResult, toRequest, toResult } from './function_url.ts'
import { isOrigin } from './origin.ts'

export type DoorOptions = {
  readonly house: Omit<House, 'addresses'>
  readonly apps: Partial<Apps>
  /** One, or two while it is changed. */
  readonly secrets: readonly string[]
  /** Of the function that takes certificates: loaded with the first request for their host. Every other function is asked nothing there. */
  readonly certificates?: () => Promise<typeof import('./client_certificate.ts')>
} & Omit<Place, 'origin'>

export type Door = (event: FunctionUrlEvent) => Promise<FunctionUrlResult>
type Front = (request: Request, peer: Peer) => Promise<Response>

const MAXIMUM_FRONTS = 1_000

export function openDoor({ house, apps, secrets, certificates, ...place }: DoorOptions): Door {
  const isFrontDoor = secretCheck(secrets)
  const fronts = new Map<string, Front>()

  const frontAt = (address: Address): Front => {
    const name = `${address.issuer} ${address.tenantId}`
    const found = fronts.get(name) ?? openFront({ ...house, addresses: addressesAt(address, place) }, apps, notFound)
    if (fronts.size < MAXIMUM_FRONTS) fronts.set(name, found)
    return found
  }

  return async (event) => {
    if (!isFrontDoor(event.headers['x-gatehouse-door'])) return refusal(403, 'access_denied', 'requests come through the front door')
    const address = parseAddress(event.headers, place)
    if (!address) {
      house.ports.log.write('error', 'the front door named no address', { path: event.rawPath })
      return refusal(403, 'access_denied', 'requests come through the front door')
    }
    try {
      const front = frontAt(address)
      const request = toRequest(event, address.origin)
      const peer = peerOf(event.headers)
      if (!address.takesCertificates) return await toResult(await front(request, peer))
      if (!certificates) return await toResult(notFound())
      const { answerWithCertificate } = await certificates()
      return await toResult(await answerWithCertificate(event, (certificate) => front(request, { ...peer, ...certificate })))
    } catch (error) {
      const requestId = house.ports.random.token(9)
      house.ports.log.write('error', 'failed', { requestId, tenant: address.tenantId, path: event.rawPath, error })
      return refusal(500, 'server_error', `something went wrong on our side; the request id is ${requestId}`)
    }
  }
}

/** Digests have one length, so that neither the length of the secret nor where a guess goes wrong shows in the time. Every value is compared. */
function secretCheck(secrets: readonly string[]): (given: string | undefined) => boolean {
  const expected = secrets.map(digest)
  return (given) => {
    const offered = digest(given ?? '')
    let right = false
    for (const one of expected) right = timingSafeEqual(one, offered) || right
    return right && given !== undefined
  }
}

function digest(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

/** As the front door has looked it up. Read strictly: a header that somebody could lengthen is none of ours. */
function parseAddress(headers: FunctionUrlEvent['headers'], { baseDomain, certificateOrigin }: Omit<Place, 'origin'>): Address | undefined {
  const tenantId = headers['x-gatehouse-tenant'] ?? ''
  const origin = headers['x-gatehouse-origin'] ?? ''
  const basePath = headers['x-gatehouse-base-path'] ?? ''
  if (!isTenantId(tenantId) || !isOrigin(origin) || (basePath !== '' && basePath !== `/t/${tenantId}`)) return undefined
  const issuer = origin + basePath
  // There tenants are below one host by path, and never is it a tenant's own.
  if (origin === certificateOrigin)
    return basePath === '' ? undefined : { tenantId, issuer, origin, basePath, domain: undefined, takesCertificates: true }
  // A host that is not the house's own was proved by the tenant: the front door knows no others.
  const given = basePath !== '' || (baseDomain !== undefined && origin === `https://${tenantId}.${baseDomain}`)
  return { tenantId, issuer, origin, basePath, domain: given ? undefined : new URL(origin).hostname }
}

/** Who asks, and from where, as the front door says: it has deleted whatever a client sent under these names. */
function peerOf(headers: FunctionUrlEvent['headers']): Peer {
  const said = (name: string) => headers[`x-gatehouse-${name}`]
  const place = parsePlace({
    country: said('country'),
    region: said('country-region'),
    city: decoded(said('city')),
    latitude: said('latitude'),
    longitude: said('longitude'),
    timeZone: said('time-zone'),
    asn: said('asn'),
  })
  return { ip: said('ip') ?? '', ...(place === undefined ? {} : { place }) }
}

/** CloudFront writes a city's name in percent-encoded UTF-8. */
function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch (error) {
    if (error instanceof URIError) return undefined
    throw error
  }
}

function notFound(): Response {
  return Response.json(NOT_FOUND, { status: 404, headers: { 'cache-control': 'no-store' } })
}

const NOT_FOUND = { error: 'not_found', error_description: 'there is nothing at this address' }

/** Written out: who is refused at the door costs no more than that. */
function refusal(statusCode: number, error: string, error_description: string): FunctionUrlResult {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }
  return { statusCode, headers, body: JSON.stringify({ error, error_description }), isBase64Encoded: false }
}
