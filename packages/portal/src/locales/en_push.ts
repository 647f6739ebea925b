/** Approvals of sign-ins in My Account, in English. */

export const push = {
  title: 'A sign-in waits for you',
  intro: 'Somebody signs in with your password. If it is you, choose the number that the other device shows.',
  proveFirst: 'Somebody signs in with your password. Before you approve it, please confirm that it is you, with your second factor.',
  approve: 'Approve with the number {number}',
  deny: 'It was not me',
  application: 'Application',
  device: 'Device',
  where: 'Where',
  when: 'When',
  secure: 'Secure the account',
  enrol: 'Approve sign-ins here',
  hint: 'A sign-in on another device shows a number, and you choose it in My Account, on a device on which you are signed in.',
  wake: {
    title: 'Wake this device',
    hint: 'This browser shows a message when a sign-in waits, also when My Account is not open.',
    on: 'This browser is woken, as long as you are signed in here.',
    denied: 'Your browser does not show messages of this page. Allow them in its settings, and load this page anew.',
    start: 'Wake it',
    stop: 'Do not wake it',
    failed: 'This browser cannot be woken at the moment.',
  },
  outcomes: {
    approved: { title: 'Approved', text: 'The other device goes on.' },
    denied: { title: 'Refused', text: 'Nobody got in. Whoever it was knows your password: change it, and look where you are signed in.' },
    wrong_number: { title: 'Refused', text: 'That was not the number, so nobody got in. If it was you, ask again on the other device.' },
  },
}
