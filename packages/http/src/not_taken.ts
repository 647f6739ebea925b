/** What no route of an app takes: nothing is there, or it came with another method (RFC 9110 section 15.5.6). The app's own routes say which. */
import { IamError } from '@gatehouse/core/error.ts'
import type { Hono } from 'hono'
import type { Env, HouseContext } from './house.ts'

type Render = (refusal: IamError, c: HouseContext) => Response | Promise<Response>

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const
/** Hono's word for what runs before every method. */
const BEFORE_ALL = 'ALL'

/** For `app.notFound`. Whether what an address names exists is not looked at: the same is said of every id. */
export function notTaken(
  app: Hono<Env>,
  render: Render,
  missing: (path: string) => string = () => 'there is nothing at this address',
): (c: HouseContext) => Promise<Response> {
  return async (c) => {
    const allowed = METHODS.filter((method) => isTaken(app, method, c.req.path))
    if (allowed.length === 0) return render(new IamError('not_found', missing(new URL(c.req.url).pathname)), c)
    const allow = allowed.join(', ')
    const answer = await render(new IamError('method_not_allowed', `${c.req.method} is not supported here, only ${allow}`), c)
    answer.headers.set('allow', allow)
    return answer
  }
}

/** HEAD is answered by whatever answers GET. */
function isTaken(app: Hono<Env>, method: string, path: string): boolean {
  const [handlers] = app.router.match(method === 'HEAD' ? 'GET' : method, path)
  return handlers.some(([[, route]]) => route.method !== BEFORE_ALL)
}
