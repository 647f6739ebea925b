/** The function `authorize`: where people are sent to sign in and out. */
import { Hono } from 'hono'
import { type Env, pathBelowIssuer } from '../house.ts'
import { notTaken } from '../not_taken.ts'
import { errorPage } from '../page.ts'
import { mountAuthorize } from './authorize.ts'
import { mountLogin } from './login.ts'

export function authorizeApp(): Hono<Env> {
  const app = new Hono<Env>({ getPath: pathBelowIssuer })
  // What the plain sign-in needs starts with the function; every other room is loaded with the first who enters it.
  mountAuthorize(app)
  mountLogin(app)
  // Loaded with the first policy that lets people begin without a password.
  app.get('/login/code', async (c) => (await import('./first_code.ts')).showFirstCode(c))
  app.post('/login/code', async (c) => (await import('./first_code.ts')).submitFirstCode(c))
  app.get('/login/link', async (c) => (await import('./magic_link.ts')).showWaiting(c))
  app.post('/login/link', async (c) => (await import('./magic_link.ts')).submitWaiting(c))
  app.get('/login/link/state', async (c) => (await import('./magic_link.ts')).tellState(c))
  app.get('/login/link/open', async (c) => (await import('./magic_link_open.ts')).showLink(c))
  app.post('/login/link/open', async (c) => (await import('./magic_link_open.ts')).submitLink(c))
  app.get('/login/certificate', async (c) => (await import('./login_certificate.ts')).takeProof(c))
  // At the certificates' host, and there alone.
  app.get('/certificate', async (c) => (await import('./certificate.ts')).takeCertificate(c))
  // Loaded with the first person who has more to prove than a password: the sign-in page starts without them.
  app.get('/mfa', async (c) => (await import('./mfa.ts')).showMfa(c))
  app.post('/mfa', async (c) => (await import('./mfa.ts')).submitMfa(c))
  app.get('/mfa/push', async (c) => (await import('./mfa.ts')).readPush(c))
  app.get('/mfa/enrol', async (c) => (await import('./mfa_enrol.ts')).showMfaEnrol(c))
  app.post('/mfa/enrol', async (c) => (await import('./mfa_enrol.ts')).submitMfaEnrol(c))
  app.get('/password', async (c) => (await import('./password.ts')).showPassword(c))
  app.post('/password', async (c) => (await import('./password.ts')).submitPassword(c))
  app.get('/login/approval', async (c) => (await import('./approval.ts')).showApproval(c))
  app.post('/login/approval', async (c) => (await import('./approval.ts')).submitApproval(c))
  app.get('/login/denied', async (c) => (await import('./denied.ts')).showDenied(c))
  app.post('/login/denied', async (c) => (await import('./denied.ts')).submitDenied(c))
  // What an adaptive script shows.
  app.get('/prompt', async (c) => (await import('./prompt.ts')).showPrompt(c))
  app.post('/prompt', async (c) => (await import('./prompt.ts')).submitPrompt(c))
  app.get('/prompt/poll', async (c) => (await import('./prompt.ts')).pollPrompt(c))
  app.get('/recover', async (c) => (await import('./recover.ts')).showRecover(c))
  app.post('/recover', async (c) => (await import('./recover.ts')).submitRecover(c))
  app.post('/recover/code', async (c) => (await import('./recover.ts')).submitRecoveryCode(c))
  app.get('/recover/password', async (c) => (await import('./recover_password.ts')).showRecoveredPassword(c))
  app.post('/recover/password', async (c) => (await import('./recover_password.ts')).submitRecoveredPassword(c))
  app.get('/recover/username', async (c) => (await import('./recover_username.ts')).showUserNameRecovery(c))
  app.post('/recover/username', async (c) => (await import('./recover_username.ts')).submitUserNameRecovery(c))
  app.get('/recover/unlock', async (c) => (await import('./unlock.ts')).showUnlock(c))
  app.post('/recover/unlock', async (c) => (await import('./unlock.ts')).submitUnlock(c))
  for (const path of ['/oauth2/logout', '/logout']) {
    app.get(path, async (c) => (await import('./logout.ts')).showLogout(c))
    app.post(path, async (c) => (await import('./logout.ts')).submitLogout(c))
  }
  app.get('/privacy-policy', async (c) => (await import('./privacy_policy.ts')).showPolicy(c))
  app.get('/privacy-policy/:version', async (c) => (await import('./privacy_policy.ts')).showPolicy(c, c.req.param('version')))
  app.notFound(notTaken(app, errorPage))
  app.onError(errorPage)
  return app
}
