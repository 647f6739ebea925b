/** What keeps the account safe, in My Account, in English. */

export const safety = {
  address: {
    change: { email: 'Change e-mail address', phone_number: 'Change phone number' },
    add: { email: 'Add an e-mail address', phone_number: 'Add a phone number' },
    verify: 'Confirm this number',
    remove: 'Remove phone number',
    removeTitle: 'Remove the phone number?',
    removeBody: 'We cannot reach you by text message any more. A second factor of yours keeps its own number.',
    removed: 'The phone number is removed.',
    proveFirst: 'Before you change an address, please confirm that it is you.',
    label: { email: 'New e-mail address', phone_number: 'New phone number' },
    hint: {
      email: 'We send a code to it. Until you have typed that, the present address stays.',
      phone_number: 'With the country code. We send a code to it.',
    },
    send: 'Send a code',
    waits: 'Waits for its code: {address}',
    until: 'until {time}',
    type: 'Type the code',
    cancel: 'Cancel the change',
    cancelled: 'The change is cancelled. The present address stays.',
    sent: { new: 'We have sent a code to {address}.', old: 'We have sent a code to your present address, too: {address}.' },
    code: { new: 'Code sent to the new address', old: 'Code sent to the present address' },
    confirm: 'Confirm',
    resend: 'Send another code',
    resent: 'Another code is on its way.',
    next: 'Right. Now the code of the other address.',
    changed: { email: 'Your e-mail address is changed.', phone_number: 'Your phone number is changed.' },
  },
}
