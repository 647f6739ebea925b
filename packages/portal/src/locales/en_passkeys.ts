/** Passkeys in My Account, in English. */

export const passkeys = {
  title: 'Passkeys',
  intro:
    'Sign in with your fingerprint, your face or the lock of your device instead of a password. A passkey cannot be guessed, and cannot be given away on a false page.',
  none: 'You have none yet.',
  add: 'Add a passkey',
  unsupported: 'This browser cannot make passkeys. Open this page in another browser, or on your phone.',
  addTitle: 'Add a passkey',
  addBody:
    'Your device asks for your fingerprint, your face or its lock, and keeps the passkey. If you would rather keep it on your phone or on a security key, choose that when your browser asks.',
  addConsequence:
    'From then on your password alone is not enough to sign in: use the passkey, or the password and the passkey. Make recovery codes for the day when the passkey is not at hand.',
  go: 'Go on',
  added: 'The passkey is added.',
  cancelled: 'Nothing was confirmed. Try again, or close this.',
  known: 'There is a passkey for your account on this device already.',
  unable: 'This device cannot make a passkey: set up a screen lock, a fingerprint or a face first, or use another device.',
  synced: 'On all your devices that share it',
  bound: 'On one device only',
  copySuspected: 'On {date} somebody came with what may be a copy of this passkey, and was not let in. Remove it, and make a new one.',
  removeBody: 'It does not sign you in any more. Remove it from your device or your password manager, too.',
  removed: 'The passkey is removed.',
  offer: {
    title: 'Sign in faster next time',
    body: 'With a passkey, your fingerprint, your face or the lock of your device stands in for your password.',
    go: 'See passkeys',
    decline: 'No, thanks',
  },
}
