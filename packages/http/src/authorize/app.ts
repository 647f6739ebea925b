/** The function `authorize`: where people are sent to sign in and out. */
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { errorPage } from '../page.ts'
import { mountAuthorize } from './authorize.ts'
import { mountLogin } from './login.ts'
import { mountLogout } from './logout.ts'
import { mountPrivacyPolicy } from './privacy_policy.ts'

export function authorizeApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  mountAuthorize(app)
  mountLogin(app)
  mountLogout(app)
  mountPrivacyPolicy(app)
  app.onError(errorPage)
  return app
}
