/** My Account: its page and files below `/account`, and what it asks for below `/api/v1/me`. */
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { readConsents, removeConsent } from './consents.ts'
import { sendVerification } from './email_verification.ts'
import { smallJson } from './json_body.ts'
import { readMe } from './me.ts'
import { sendPortalFile } from './portal_files.ts'
import { privately } from './privately.ts'
import { changeProfile } from './profile.ts'
import { refuse } from './refuse.ts'
import { readRequests } from './requests.ts'
import { endOtherSessions, endSession, listSessions } from './sessions.ts'
import { showShell } from './shell.ts'
import { signOut } from './sign_out.ts'
import { showSignedOut } from './signed_out.ts'

const API = '/api/v1/me'

export function accountApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  app.onError((error, c) => refuse(error, c))
  app.notFound(notTaken(app, refuse))
  app.use(`${API}/*`, smallJson, privately)
  app.use(API, smallJson, privately)

  app.get(API, readMe)
  app.patch(API, changeProfile)
  // Loaded when somebody looks at them: most requests are about something else.
  app.post(`${API}/password`, async (c) => (await import('./password.ts')).changePassword(c))
  app.get(`${API}/credentials`, async (c) => (await import('./credentials.ts')).readCredentials(c))
  app.post(`${API}/credentials/recovery_code`, async (c) => (await import('./credentials.ts')).makeRecoveryCodes(c))
  app.post(`${API}/credentials/passkey/begin`, async (c) => (await import('./passkeys.ts')).beginPasskey(c))
  app.post(`${API}/credentials/passkey`, async (c) => (await import('./passkeys.ts')).confirmPasskey(c))
  app.post(`${API}/credentials/x509/begin`, async (c) => (await import('./certificates.ts')).beginCertificate(c))
  app.post(`${API}/credentials/x509/read`, async (c) => (await import('./certificates.ts')).readCertificate(c))
  app.post(`${API}/credentials/x509`, async (c) => (await import('./certificates.ts')).addCertificate(c))
  app.post(`${API}/credentials/push`, async (c) => (await import('./sign_in_requests.ts')).addPush(c))
  app.post(`${API}/credentials/:kind/begin`, async (c) => (await import('./credentials.ts')).beginCredential(c))
  app.post(`${API}/credentials/:kind/resend`, async (c) => (await import('./credentials.ts')).resendCode(c))
  app.post(`${API}/credentials/:kind`, async (c) => (await import('./credentials.ts')).confirmCredential(c))
  app.patch(`${API}/credentials/:id`, async (c) => (await import('./credentials.ts')).changeCredential(c))
  app.delete(`${API}/credentials/:id`, async (c) => (await import('./credentials.ts')).deleteCredential(c))
  app.post(`${API}/email-verification`, sendVerification)
  app.get(`${API}/address-changes`, async (c) => (await import('./address_change.ts')).readAddressChanges(c))
  app.post(`${API}/address-changes/:channel`, async (c) => (await import('./address_change.ts')).beginChange(c))
  app.post(`${API}/address-changes/:channel/confirm`, async (c) => (await import('./address_change.ts')).confirmChange(c))
  app.post(`${API}/address-changes/:channel/resend`, async (c) => (await import('./address_change.ts')).resendChangeCode(c))
  app.delete(`${API}/address-changes/:channel`, async (c) => (await import('./address_change.ts')).cancelChange(c))
  app.delete(`${API}/phone_number`, async (c) => (await import('./address_change.ts')).removePhoneNumber(c))
  app.get(`${API}/sign-in-requests`, async (c) => (await import('./sign_in_requests.ts')).readSignInRequests(c))
  app.post(`${API}/sign-in-requests/:id`, async (c) => (await import('./sign_in_requests.ts')).decideSignIn(c))
  app.get(`${API}/push-subscription`, async (c) => (await import('./push_subscription.ts')).readPushSubscription(c))
  app.put(`${API}/push-subscription`, async (c) => (await import('./push_subscription.ts')).addPushSubscription(c))
  app.delete(`${API}/push-subscription`, async (c) => (await import('./push_subscription.ts')).removePushSubscription(c))
  app.get(`${API}/sessions`, listSessions)
  app.delete(`${API}/sessions`, endOtherSessions)
  app.delete(`${API}/sessions/:id`, endSession)
  app.get(`${API}/remembered-browsers`, async (c) => (await import('./remembered_browsers.ts')).readRememberedBrowsers(c))
  app.delete(`${API}/remembered-browsers`, async (c) => (await import('./remembered_browsers.ts')).forgetBrowsers(c))
  app.delete(`${API}/remembered-browsers/:id`, async (c) => (await import('./remembered_browsers.ts')).forgetBrowser(c))
  app.get(`${API}/consents`, readConsents)
  app.delete(`${API}/consents/:client_id`, removeConsent)
  app.get(`${API}/requests`, readRequests)
  app.post(`${API}/sign-out`, signOut)

  app.get('/not-me', async (c) => (await import('./not_me.ts')).showNotMe(c))
  app.post('/not-me', async (c) => (await import('./not_me.ts')).submitNotMe(c))

  app.get('/account/assets/:file', sendPortalFile)
  app.get('/account/worker.js', async (c) => (await import('./push_subscription.ts')).sendWakeWorker(c))
  app.get('/account/signed-out', showSignedOut)
  app.get('/account', showShell)
  app.get('/account/*', showShell)
  return app
}
