/** The function `token`: everything that applications, not people, ask for. */
import { IamError } from '@gatehouse/core/error.ts'
import { Hono } from 'hono'
import { oauthError } from '../errors.ts'
import { type Env, pathBelowIssuer } from '../house.ts'
import { preflight } from './cross_origin.ts'
import { introspectToken } from './introspect.ts'
import { jwks, metadata } from './metadata.ts'
import { revoke } from './revoke.ts'
import { issueToken } from './token.ts'
import { userinfo } from './userinfo.ts'

export function tokenApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.post('/oauth2/token', issueToken)
  app.post('/oauth2/introspect', introspectToken)
  app.post('/oauth2/revoke', revoke)
  app.get('/oauth2/userinfo', userinfo)
  app.post('/oauth2/userinfo', userinfo)
  app.get('/oauth2/jwks', jwks)
  app.get('/.well-known/openid-configuration', metadata)
  app.get('/.well-known/oauth-authorization-server', metadata)
  app.options('*', preflight)
  // The front sends only known paths here, so what no route takes came with another method.
  app.notFound((c) => {
    const answer = oauthError(new IamError('method_not_allowed', `${c.req.method} is not supported here`), c)
    answer.headers.set('allow', allowedAt(app, c.req.path).join(', '))
    return answer
  })
  app.onError(oauthError)
  return app
}

/** RFC 9110 section 15.5.6: which methods would have been right. HEAD goes with GET. */
function allowedAt(app: Hono<Env>, path: string): string[] {
  const methods = app.routes.filter((route) => route.path === path).map(({ method }) => method)
  return [...new Set([...methods, ...(methods.includes('GET') ? ['HEAD'] : []), 'OPTIONS'])]
}
