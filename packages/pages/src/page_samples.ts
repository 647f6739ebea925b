/** Each page in its states, with props that are plain values: for tests, and for whoever wants to look at all pages. */
import type { Locale } from '@gatehouse/core/locale.ts'
import { DEFAULT_POLICIES } from '@gatehouse/core/tenant.ts'
import { renderAdminInvite } from './admin_invite.tsx'
import { type ApprovalProps, renderApproval, renderApprovalUnseen } from './approval.tsx'
import { drawCaptcha } from './captcha.tsx'
import { CERTIFICATE_CATALOGUES } from './certificate_words.ts'
import { renderConsent } from './consent.tsx'
import { type InboxEntry, renderDevInbox } from './dev_inbox.tsx'
import { renderError } from './error.tsx'
import { FIRST_STEP_PAGES } from './first_step_samples.ts'
import { renderLoggedOut } from './logged_out.tsx'
import { renderLogin } from './login.tsx'
import { renderLogoutConfirm } from './logout_confirm.tsx'
import { type MfaProps, renderMfa } from './mfa.tsx'
import { type EnrolStep, renderMfaEnrol } from './mfa_enrol.tsx'
import { renderNewPassword } from './new_password.tsx'
import { renderNotFound } from './not_found.tsx'
import { renderNotMe } from './not_me.tsx'
import type { PageProps } from './page_props.ts'
import { renderPrivacyPolicy } from './privacy_policy.tsx'
import { renderRecover } from './recover.tsx'
import { renderRecoverSent } from './recover_sent.tsx'
import { renderRecoverUserName } from './recover_username.tsx'
import { renderRecoveryLink } from './recovery_link.tsx'
import { renderSignInApproval } from './sign_in_approval.tsx'
import { renderSignInDenied } from './sign_in_denied.tsx'
import { renderSignupProfile } from './signup_profile.tsx'
import { renderSignupReceived } from './signup_received.tsx'
import { renderSignupUsername } from './signup_username.tsx'
import { renderVerifyEmail } from './verify_email.tsx'

export const NONCE = 'bm9uY2U'

export function pageProps(locale: Locale): PageProps {
  const languages = (['en', 'de', 'ar'] as const).map((tag) => ({ locale: tag, href: `?ui_locales=${tag}` }))
  return {
    brand: { displayName: 'Main', accentColour: '#00857a', privacyUrl: '/privacy' },
    locale,
    nonce: NONCE,
    languages,
    homeHref: '/account',
  }
}

const SENT_AT = Date.UTC(2026, 2, 1, 9, 30)
const form = { action: '/post', csrf: 'token', interaction: 'int_1' }
const application = { name: 'Pickup Dispatch', websiteUrl: 'https://pickup.example', policyUrl: 'https://pickup.example/privacy' }
const passwordPolicy = DEFAULT_POLICIES.password
const profile = {
  ...form,
  username: 'jo',
  changeUsernameHref: '/signup',
  loginHref: '/login',
  passwordPolicy,
  policy: { version: '2', href: '/privacy/2' },
}
const email = 'jo@example.com'

const request: ApprovalProps['request'] = {
  requestId: 'req_01K8ZXW3',
  operation: 'self_registration',
  requester: { id: undefined, name: 'Jo Miller' },
  askedAt: '2026-03-01T09:30:00Z',
  level: 1,
  levels: 2,
  state: 'waiting',
  claimedBy: undefined,
  claimedByMe: false,
  decision: undefined,
  workflow: 'Registration of staff',
  data: [
    { name: 'username', value: 'jo' },
    { name: 'email', value: email },
  ],
  steps: [
    {
      level: 0,
      name: 'Junior managers',
      approvers: ['junior-manager'],
      state: 'approved',
      unassigned: false,
      claimedBy: undefined,
      decision: { verdict: 'approve', by: { id: 'usr_alex', name: 'Alex' }, at: '2026-03-01T10:00:00Z', comment: 'I know her.' },
    },
    {
      level: 1,
      name: 'Senior managers',
      approvers: ['senior-manager'],
      state: 'waiting',
      unassigned: false,
      claimedBy: undefined,
      decision: undefined,
    },
  ],
  may: ['approve', 'reject', 'claim'],
}

const mail = {
  id: 'm1',
  kind: 'mail',
  to: email,
  subject: 'Welcome',
  text: 'Hello',
  sentAt: SENT_AT,
  tenant: 'main',
  template: 'registration_completed',
  locale: 'en',
  href: '?id=m1',
} as const
const text: InboxEntry & { href: string } = { ...mail, id: 'm2', kind: 'text', to: '+15550100199', subject: undefined, href: '?id=m2' }
const inbox = { inboxHref: '/_dev/inbox', entries: [mail, text], receivers: [mail.to, text.to] }

const policyText = 'We keep what you tell us.\n\n# What we keep\n\n- Your name\n- Your address'

const captcha = { siteKey: 'site', challenge: 'c', difficulty: 10, form: 'sign_in', waitSeconds: 60 } as const

const mfa = {
  ...form,
  user: { username: 'jo', displayName: 'Jo Miller' },
  switchUserHref: '/login',
  factor: { kind: 'totp', name: 'Phone' },
  others: [
    { kind: 'email_otp', name: '', address: 'j•••@example.com', href: '?credential=crd_2' },
    { kind: 'recovery_code', name: '', href: '?credential=crd_3' },
  ],
  rememberSeconds: 30 * 86_400,
} satisfies Omit<MfaProps, keyof PageProps>
const passkey = { options: '{"challenge":"AAAA"}', refreshHref: '/login/passkey' }
const enrol = (page: PageProps, step: EnrolStep) =>
  renderMfaEnrol({ ...page, ...form, user: mfa.user, step, ...(step.kind === 'choose' ? {} : { otherHref: '?' }) })
const newPassword = { ...form, user: mfa.user, passwordPolicy }
const key = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'

export const PAGES: Readonly<Record<string, (page: PageProps) => string>> = {
  login: (page) => renderLogin({ ...page, ...form, application, signupHref: '/signup', recoverHref: '/recover' }),
  login_refused: (page) => renderLogin({ ...page, ...form, username: 'jo', notice: { code: 'too_many_attempts', values: { count: 3 } } }),
  login_captcha: (page) =>
    renderLogin({
      ...page,
      ...form,
      captcha: drawCaptcha({ ...page, ...captcha, provider: 'proof_of_work', notice: { code: 'missing' } }),
    }),
  login_third_party: (page) =>
    renderLogin({
      ...page,
      ...form,
      captcha: drawCaptcha({ ...page, ...captcha, provider: 'turnstile', notice: { code: 'waiting', seconds: 20 } }),
    }),
  ...FIRST_STEP_PAGES,
  mfa: (page) => renderMfa({ ...page, ...mfa }),
  mfa_sent: (page) =>
    renderMfa({ ...page, ...mfa, factor: { kind: 'sms_otp', name: '', address: '+49 ••• 67' }, notice: { code: 'sent' } }),
  mfa_push: (page) =>
    renderMfa({
      ...page,
      ...mfa,
      factor: { kind: 'push', name: '' },
      notice: { code: 'pending' },
      push: { number: '42', pollHref: '/mfa/push' },
    }),
  mfa_push_waits: (page) =>
    renderMfa({ ...page, ...mfa, factor: { kind: 'push', name: '' }, notice: { code: 'pushWait', values: { count: 3 } } }),
  mfa_wrong: (page) => renderMfa({ ...page, ...mfa, problem: 'code_wrong' }),
  mfa_recovery: (page) =>
    renderMfa({ ...page, ...mfa, factor: { kind: 'recovery_code', name: '' }, notice: { code: 'locked', values: { count: 3 } } }),
  login_passkey: (page) =>
    renderLogin({ ...page, ...form, application, signupHref: '/signup', passkey, notice: { code: 'passkey_refused' } }),
  mfa_passkey: (page) => renderMfa({ ...page, ...mfa, factor: { kind: 'passkey', name: 'Apple Passwords' }, passkey }),
  mfa_passkey_elsewhere: (page) => renderMfa({ ...page, ...mfa, factor: { kind: 'passkey', name: '' }, passkeyElsewhere: 'id.example' }),
  mfa_certificate: (page) =>
    renderMfa({
      ...page,
      ...mfa,
      factor: { kind: 'x509', name: 'Badge' },
      notice: { code: 'certificate_refused', values: { because: CERTIFICATE_CATALOGUES[page.locale].none } },
    }),
  mfa_certificate_nowhere: (page) => renderMfa({ ...page, ...mfa, factor: { kind: 'x509', name: '' }, certificatesNowhere: true }),
  mfa_enrol_certificate: (page) => enrol(page, { kind: 'x509' }),
  mfa_enrol_passkey: (page) => enrol(page, { kind: 'passkey', ask: passkey }),
  mfa_enrol: (page) =>
    enrol(page, {
      kind: 'choose',
      choices: (['passkey', 'totp', 'email_otp', 'sms_otp'] as const).map((kind) => ({ kind, href: `?kind=${kind}` })),
    }),
  mfa_enrol_totp: (page) => enrol(page, { kind: 'totp', uri: `otpauth://totp/Main:jo?secret=${key}&issuer=Main`, key }),
  mfa_enrol_address: (page) => enrol(page, { kind: 'address', of: 'email_otp', value: email }),
  mfa_enrol_sent: (page) => enrol(page, { kind: 'sent', of: 'email_otp', address: email }),
  new_password: (page) => renderNewPassword({ ...page, ...newPassword, because: 'forced', ends: 'others', switchUserHref: '/login' }),
  new_password_near: (page) =>
    renderNewPassword({ ...page, ...newPassword, because: 'near', ends: 'none', mayWait: true, switchUserHref: '/login' }),
  new_password_error: (page) =>
    renderNewPassword({
      ...page,
      ...newPassword,
      because: 'recovery',
      ends: 'all',
      problem: { code: 'password_too_short', values: { count: 8 } },
    }),
  sign_in_denied: (page) =>
    renderSignInDenied({ ...page, againHref: '/login/denied', recoverHref: '/recover', back: { ...form, application: 'Pickup Dispatch' } }),
  sign_in_approval: (page) => renderSignInApproval({ ...page, ...form, state: 'ask', selfHref: '/login/approval' }),
  sign_in_approval_waits: (page) =>
    renderSignInApproval({ ...page, ...form, state: 'waits', reference: 'req_pQ3xYz', selfHref: '/login/approval' }),
  new_password_code: (page) =>
    renderNewPassword({ ...page, ...newPassword, because: 'not_me', ends: 'all', asksCode: true, codeProblem: 'code_wrong' }),
  recover: (page) =>
    renderRecover({ ...page, ...form, ways: ['email_link', 'sms_code'], loginHref: '/login', userNameHref: '/recover/username' }),
  recover_error: (page) => renderRecover({ ...page, ...form, ways: ['email_link'], loginHref: '/login', problem: 'required' }),
  recover_off: (page) => renderRecover({ ...page, ...form, ways: [], loginHref: '/login' }),
  recover_sent: (page) =>
    renderRecoverSent({ ...page, way: 'email_link', username: 'jo', again: form, askHref: '/recover', notice: { code: 'sent' } }),
  recover_code: (page) =>
    renderRecoverSent({ ...page, way: 'sms_code', username: 'jo', again: form, code: form, askHref: '/recover', problem: 'code_wrong' }),
  recover_username: (page) =>
    renderRecoverUserName({ ...page, state: 'ask', way: 'email', form, loginHref: '/login', others: [{ way: 'sms', href: '?way=sms' }] }),
  recover_username_sent: (page) => renderRecoverUserName({ ...page, state: 'sent', address: email, loginHref: '/login' }),
  recovery_done: (page) => renderRecoveryLink({ ...page, state: 'done', loginHref: '/login' }),
  recovery_expired: (page) =>
    renderRecoveryLink({ ...page, state: 'expired', invitation: false, loginHref: '/login', againHref: '/recover' }),
  recovery_unlock: (page) => renderRecoveryLink({ ...page, state: 'unlock', username: 'jo', form, loginHref: '/login' }),
  signup_username: (page) => renderSignupUsername({ ...page, ...form, loginHref: '/login' }),
  signup_username_error: (page) =>
    renderSignupUsername({
      ...page,
      ...form,
      loginHref: '/login',
      username: 'jo@no',
      problems: { username: { code: 'tenant_unknown', values: { tenant: 'no' } } },
    }),
  signup_profile: (page) => renderSignupProfile({ ...page, ...profile }),
  signup_profile_error: (page) =>
    renderSignupProfile({
      ...page,
      ...profile,
      values: { given_name: 'Jo', email },
      problems: {
        family_name: 'required',
        new_password: { code: 'password_too_short', values: { count: 8 } },
        accept_terms: 'terms_required',
      },
    }),
  signup_received: (page) =>
    renderSignupReceived({ ...page, outcome: 'waits_for_approval', username: 'jo', email, reference: 'req_1', loginHref: '/login' }),
  signup_created: (page) =>
    renderSignupReceived({
      ...page,
      outcome: 'account_created',
      username: 'jo',
      email,
      loginHref: '/login',
      application: { name: 'Pickup', href: '/' },
    }),
  verify_email: (page) => renderVerifyEmail({ ...page, state: 'confirm', email, loginHref: '/login', form }),
  verify_email_verified: (page) => renderVerifyEmail({ ...page, state: 'verified', email, loginHref: '/login' }),
  verify_email_known: (page) => renderVerifyEmail({ ...page, state: 'known', email, loginHref: '/login' }),
  verify_email_expired: (page) => renderVerifyEmail({ ...page, state: 'expired', loginHref: '/login' }),
  not_me: (page) => renderNotMe({ ...page, state: 'confirm', about: 'address_change', recoverHref: '/recover', form }),
  not_me_done: (page) => renderNotMe({ ...page, state: 'done', about: 'sign_in', recoverHref: '/recover' }),
  not_me_expired: (page) => renderNotMe({ ...page, state: 'expired', about: 'sign_in', recoverHref: '/recover' }),
  consent: (page) =>
    renderConsent({
      ...page,
      ...form,
      application,
      user: { username: 'jo', displayName: 'Jo Miller' },
      switchUserHref: '/login',
      purpose: 'To know who books a cab.',
      redirectHost: 'localhost:8080',
      claims: [
        { name: 'given_name', mandatory: true, value: 'Jo' },
        { name: 'phone_number', mandatory: false },
      ],
      scopes: [
        { name: 'openid', mandatory: true },
        { name: 'bookings:write', mandatory: false, description: 'Book cabs.' },
      ],
    }),
  logout_confirm: (page) => renderLogoutConfirm({ ...page, ...form, user: { username: 'jo' }, application }),
  logged_out: (page) => renderLoggedOut({ ...page, loginHref: '/login', unreached: 2, application: { name: 'Pickup', href: '/' } }),
  error: (page) =>
    renderError({
      ...page,
      code: 'invalid_request',
      description: 'redirect_uri does not match',
      requestId: 'rq_1',
      time: SENT_AT,
      startHref: '/',
    }),
  not_found: (page) => renderNotFound({ ...page, startHref: '/' }),
  admin_invite: (page) => renderAdminInvite({ ...page, ...form, passwordPolicy }),
  privacy_policy: (page) =>
    renderPrivacyPolicy({
      ...page,
      policy: { version: '2', title: 'Privacy policy', text: policyText, publishedAt: '2026-03-01T00:00:00Z' },
      currentHref: '/privacy',
      backHref: '/',
    }),
  approval: (page) => renderApproval({ ...page, ...form, request, listHref: '/account' }),
  approval_decided: (page) =>
    renderApproval({
      ...page,
      ...form,
      request: { ...request, state: 'rejected', may: [] },
      listHref: '/account',
      notice: 'rejectedByYou',
    }),
  approval_unseen: (page) => renderApprovalUnseen({ ...page, userName: 'jo', listHref: '/account' }),
  dev_inbox: (page) => renderDevInbox({ ...page, ...inbox }),
  dev_inbox_mail: (page) =>
    renderDevInbox({ ...page, ...inbox, selected: { ...mail, from: 'Main <no-reply@localhost>', html: '<p>Hello</p>' } }),
  dev_inbox_text: (page) => renderDevInbox({ ...page, ...inbox, receiver: text.to, selected: { ...text, kind: 'text' } }),
  dev_inbox_empty: (page) => renderDevInbox({ ...page, inboxHref: '/_dev/inbox', entries: [], receivers: [] }),
}
