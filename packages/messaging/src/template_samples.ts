/** One set of props per template: for tests, and for whoever wants to look at all messages. */
import type { TemplateName, TemplateProps } from './template_table.ts'

const oneTimePassword = {
  name: 'Jo',
  oneTimePassword: '012345',
  purpose: 'sign_in',
  validMinutes: 5,
  application: 'Pickup Dispatch',
  askedAt: Date.UTC(2026, 2, 1, 9, 30),
  ip: '192.0.2.1',
  username: 'jo',
} as const

const request = { workflow: 'Self-registration', level: 1, levelCount: 2, levelName: 'Junior managers' }

export const SAMPLES: { readonly [N in TemplateName]: TemplateProps[N] } = {
  address_change: {
    name: 'Jo',
    username: 'jo',
    stage: 'asked',
    channel: 'email',
    address: 'j•••@example.net',
    at: Date.UTC(2026, 2, 1, 9, 30),
    ip: '192.0.2.1',
    notMeUrl: 'https://id.example/not-me?token=abc',
    validDays: 3,
    accountUrl: 'https://id.example/account/security',
  },
  address_change_text: { stage: 'changed', accountUrl: 'https://id.example/account/security' },
  approval_task: {
    ...request,
    name: 'Alex',
    applicant: { name: 'Jo Miller', username: 'jo' },
    askedAt: Date.UTC(2026, 2, 1, 9, 30),
    requestUrl: 'https://id.example/approvals/req_1',
  },
  approval_task_text: { applicant: 'Jo Miller', requestUrl: 'https://id.example/approvals/req_1' },
  approval_unassigned: {
    ...request,
    name: 'Kim',
    applicant: 'Jo Miller',
    roles: ['junior-manager', 'senior-manager'],
    administrationUrl: 'https://id.example/console',
  },
  email_already_known: { name: 'Jo', username: 'jo', loginUrl: 'https://id.example/login' },
  email_verification: { name: 'Jo', confirmUrl: 'https://id.example/signup/verify?token=abc&x=1', validHours: 24 },
  factor_changed: {
    name: 'Jo',
    username: 'jo',
    change: 'removed',
    factor: 'totp',
    changedAt: Date.UTC(2026, 2, 1, 9, 30),
    ip: '192.0.2.1',
    accountUrl: 'https://id.example/account/security',
  },
  new_browser: {
    name: 'Jo',
    username: 'jo',
    at: Date.UTC(2026, 2, 1, 9, 30),
    ip: '192.0.2.1',
    place: 'Freiburg, Germany',
    browser: 'Firefox',
    system: 'Linux',
    application: 'Pickup Dispatch',
    notMeUrl: 'https://id.example/not-me?token=abc',
    validDays: 7,
  },
  one_time_password: oneTimePassword,
  one_time_password_text: oneTimePassword,
  password_changed: {
    name: 'Jo',
    username: 'jo',
    by: 'own',
    changedAt: Date.UTC(2026, 2, 1, 9, 30),
    accountUrl: 'https://id.example/account',
  },
  registration_completed: { name: 'Jo', username: 'jo', approved: true, loginUrl: 'https://id.example/login' },
  registration_received: { name: 'Jo', username: 'jo', confirmUrl: 'https://id.example/signup/verify?token=abc', validHours: 24 },
  registration_rejected: {
    name: 'Jo',
    username: 'jo',
    outcome: 'rejected',
    reason: 'We do not know you.\nPlease call us first.',
    signupUrl: 'https://id.example/signup',
  },
}
