/** The function `consent`: its own, so that reading and granting consents can have rights of its own. */
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { errorPage } from '../page.ts'
import { showConsent, submitConsent } from './consent.ts'

export function consentApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.get('/consent', showConsent)
  app.post('/consent', submitConsent)
  app.notFound(notTaken(app, errorPage))
  app.onError(errorPage)
  return app
}
