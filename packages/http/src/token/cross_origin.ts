/**
 * Cross-origin requests (Fetch, "CORS protocol") of applications that run in a browser. Allowed to the origins of an application's own redirect URIs, never with
 * credentials. A preflight names no application, so it says only what such a request may look like; the answer itself says who may read it.
 */
import type { Application } from '@gatehouse/core/application.ts'
import { isApplicationOrigin } from '@gatehouse/core/redirect_uri.ts'
import type { HouseContext } from '../house.ts'

/** `application`: whoever turned out to ask; undefined where that never came out, and then no page may read the answer. */
export function allowApplicationOrigin(c: HouseContext, application: Application | undefined, response: Response): Response {
  const origin = c.req.header('origin')
  if (origin === undefined) return response
  response.headers.append('vary', 'origin')
  if (application && isApplicationOrigin(application, origin)) {
    response.headers.set('access-control-allow-origin', origin)
    response.headers.set('access-control-expose-headers', 'www-authenticate, retry-after')
  }
  return response
}

export function preflight(): Response {
  return new Response(null, {
    status: 204,
    headers: {
      'access-control-allow-origin': '*',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    },
  })
}
