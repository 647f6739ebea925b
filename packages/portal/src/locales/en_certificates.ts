/** Certificates in My Account, in English. */

export const certificates = {
  title: 'Certificates',
  intro: 'Sign in with a certificate on this device or on a smart card.',
  none: 'You have added none yet.',
  add: 'Add a certificate',
  addHint:
    'Your browser asks which certificate to show. If it does not ask, close all its windows and open it anew: it remembers what was chosen before.',
  addTitle: 'Add this certificate?',
  addBody: 'From then on it signs you in. Whoever has it, and its key, is taken for you.',
  go: 'Add',
  added: 'The certificate is added.',
  subject: 'Issued to',
  issuer: 'Issued by',
  validUntil: 'Valid until',
  thumbprint: 'Thumbprint (SHA-256)',
  selfSigned: 'Nobody vouches for it but itself.',
  expiresSoon: 'It expires on {date}. Add its successor in time.',
  expired: 'It expired on {date}, and does not sign you in any more.',
  removeBody: 'It does not sign you in any more. It stays on your device or your card.',
  removed: 'The certificate is removed.',
}
