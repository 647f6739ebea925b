/** The function `register`: people who come to the house for the first time, and the links that are mailed to them. */
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { errorPage } from '../page.ts'
import { acceptInvitation, showInvitation } from './invitation.ts'
import { showProfile, submitProfile } from './profile.ts'
import { showReceived } from './received.ts'
import { showUserName, submitUserName } from './user_name.ts'
import { confirmEmail, showEmail } from './verify_email.ts'

export function registerApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.get('/signup', showUserName)
  app.post('/signup', submitUserName)
  app.get('/signup/profile', showProfile)
  app.post('/signup/profile', submitProfile)
  app.get('/signup/received', showReceived)
  app.get('/verify-email', showEmail)
  app.post('/verify-email', confirmEmail)
  app.get('/invitation', showInvitation)
  app.post('/invitation', acceptInvitation)
  app.notFound(notTaken(app, errorPage))
  app.onError(errorPage)
  return app
}
