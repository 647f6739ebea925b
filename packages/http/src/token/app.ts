/** The function `token`: everything that applications, not people, ask for. */
import { Hono } from 'hono'
import { oauthError } from '../errors.ts'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
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
  app.notFound(notTaken(app, oauthError))
  app.onError(oauthError)
  return app
}
