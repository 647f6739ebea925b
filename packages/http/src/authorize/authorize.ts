/** The authorization endpoint: RFC 6749 section 3.1, OpenID Connect Core 1.0 section 3.1.2. By GET, or by POST of a form. */
import { AuthorizationRefusal, parseAuthorizationRequest } from '@gatehouse/identity/authorization_request.ts'
import { errorResponse } from '@gatehouse/identity/authorization_response.ts'
import type { Hono } from 'hono'
import { readSessionCookie } from '../cookies.ts'
import { readForm } from '../form.ts'
import type { Env, HouseContext } from '../house.ts'
import { advance } from './advance.ts'
import { sendResponse } from './send_response.ts'

export function mountAuthorize(app: Hono<Env>): void {
  app.get('/oauth2/authorize', (c) => authorize(c, new URL(c.req.url).searchParams))
  app.post('/oauth2/authorize', async (c) => {
    const form = await readForm(c)
    // Browsers keep our `SameSite=Lax` cookie back when another site posts. As a GET it comes along, and whoever is signed in is not asked again.
    if (readSessionCookie(c) === undefined) return c.redirect(`${c.env.here.basePath}/oauth2/authorize?${form}`, 303)
    return authorize(c, form)
  })
}

async function authorize(c: HouseContext, params: URLSearchParams): Promise<Response> {
  try {
    const request = await parseAuthorizationRequest(c.env.here, params)
    return await advance(c, { kind: 'authorization', request })
  } catch (error) {
    if (error instanceof AuthorizationRefusal) return sendResponse(c, errorResponse(c.env.here, error.target, error.error))
    throw error
  }
}
