/** The pages of first steps in their states, for `page_samples.ts`. */
import { CERTIFICATE_CATALOGUES } from './certificate_words.ts'
import { renderFirstCode } from './first_code.tsx'
import { renderLogin } from './login.tsx'
import { renderLoginName } from './login_name.tsx'
import { renderLoginWays } from './login_ways.tsx'
import { renderLinkDone, renderMagicLink } from './magic_link.tsx'
import { renderMagicLinkOpen } from './magic_link_open.tsx'
import type { PageProps } from './page_props.ts'

const form = { action: '/post', csrf: 'token', interaction: 'int_1' }
const application = { name: 'Pickup Dispatch' }
const named = { ...form, username: 'jo', switchUserHref: '/login?switch=1' }
const ways = { ...named, application, passwordHref: '/login?way=password' }
const waiting = { ...named, openedHref: '/login/link?opened=1', stateHref: '/login/link/state', othersHref: '/login' }
const asked = {
  username: 'jo',
  application: 'Pickup Dispatch',
  askedAt: Date.UTC(2026, 2, 1, 9, 30),
  ip: '192.0.2.1',
  place: 'Freiburg, Germany',
}

export const FIRST_STEP_PAGES: Readonly<Record<string, (page: PageProps) => string>> = {
  login_with_ways: (page) =>
    renderLogin({ ...page, ...form, application, others: { title: '⁂', ways: [{ way: 'magic_link', label: '✉' }] } }),
  login_name: (page) => renderLoginName({ ...page, ...form, application, signupHref: '/signup' }),
  login_name_error: (page) => renderLoginName({ ...page, ...form, problems: { username: 'required' } }),
  login_name_certificate: (page) =>
    renderLoginName({
      ...page,
      ...form,
      others: { title: '⁂', ways: [{ way: 'x509', label: '✉' }] },
      notice: { code: 'certificate_refused', values: { because: CERTIFICATE_CATALOGUES[page.locale].unknown } },
    }),
  login_ways: (page) => renderLoginWays({ ...page, ...ways, ways: ['password', 'email_otp', 'magic_link'] }),
  login_ways_sent: (page) => renderLoginWays({ ...page, ...ways, ways: ['magic_link', 'password', 'sms_otp'] }),
  login_ways_refused: (page) => renderLoginWays({ ...page, ...ways, ways: ['password'], notice: { code: 'invalid_credentials' } }),
  first_code: (page) => renderFirstCode({ ...page, ...named, kind: 'email_otp', othersHref: '/login' }),
  first_code_wrong: (page) => renderFirstCode({ ...page, ...named, kind: 'sms_otp', problem: 'code_wrong' }),
  magic_link: (page) => renderMagicLink({ ...page, ...waiting }),
  magic_link_wait: (page) => renderMagicLink({ ...page, ...waiting, notice: { code: 'waitSeconds', values: { count: 30 } } }),
  magic_link_wrong: (page) => renderMagicLink({ ...page, ...waiting, problem: 'code_wrong' }),
  magic_link_done: (page) => renderLinkDone({ ...page, continueHref: '/account' }),
  magic_link_here: (page) => renderMagicLinkOpen({ ...page, state: { kind: 'here', form, asked } }),
  magic_link_elsewhere: (page) => renderMagicLinkOpen({ ...page, state: { kind: 'elsewhere', form, asked } }),
  magic_link_code: (page) => renderMagicLinkOpen({ ...page, state: { kind: 'code', code: '012345' } }),
  magic_link_gone: (page) => renderMagicLinkOpen({ ...page, state: { kind: 'gone' } }),
  magic_link_denied: (page) => renderMagicLinkOpen({ ...page, state: { kind: 'denied' } }),
}
