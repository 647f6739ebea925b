/** The function `consent`: its own, so that reading and granting consents can have rights of its own. */
import { IamError } from '@gatehouse/core/error.ts'
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { errorPage } from '../page.ts'
import { showConsent, submitConsent } from './consent.ts'

export function consentApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.get('/consent', showConsent)
  app.post('/consent', submitConsent)
  app.notFound((c) => errorPage(new IamError('not_found', 'there is nothing at this address'), c))
  app.onError(errorPage)
  return app
}
