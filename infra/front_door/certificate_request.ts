/**
 * The front door of the certificates' host (`mtls.{base}`): a distribution of its own, which asks the browser for a certificate and says what came in
 * `Client-Cert`, after it has taken away whatever a client sent under that name. That header is shown to no function and passes this one by; so this door takes
 * care of the rest: nothing but the certificate's own path is served at that host, and what the functions hear of it is our word.
 *
 * It is in front of that distribution alone: to the other door the host is nobody's, since there `Client-Cert` would be a client's word.
 */
import { type CloudFrontAnswer, nowhere, outage } from './edge_answer.ts'
import {
  appOf,
  byPath,
  type CloudFrontEvent,
  type CloudFrontRequest,
  type Door,
  dropForged,
  hostOf,
  isSpeltOtherwise,
  loadDoor,
  sendOn,
} from './edge_request.ts'

declare const CERTIFICATE_HOST: string

export async function handler(event: CloudFrontEvent): Promise<CloudFrontRequest | CloudFrontAnswer> {
  const request = event.request
  const headers = request.headers
  // CloudFront says this on every request to that distribution, whatever a client has sent.
  const present = headers['cloudfront-viewer-cert-present']
  dropForged(headers)

  const address = byPath(request.uri)
  const app = address ? appOf(request.uri.slice(address.basePath.length)) : ''
  if (isSpeltOtherwise(request.uri) || hostOf(headers) !== CERTIFICATE_HOST || !address || app === '') return nowhere(headers)
  let door: Door
  try {
    door = await loadDoor()
  } catch (_error) {
    return outage()
  }
  if (!sendOn(event, door, app, address)) return outage()
  headers['x-gatehouse-certificate'] = { value: present && present.value === '1' ? 'presented' : 'none' }
  return request
}
