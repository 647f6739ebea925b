/** The safety of an account, in English: the pattern for the other languages. */

export const enSafety = {
  notMe: {
    confirmTitle: 'Was it not you?',
    confirm: {
      sign_in: 'Then somebody else knows your password. Press the button, and your account is closed to them:',
      address_change: 'Then somebody else is using your account. Press the button, and it is closed to them:',
    },
    effects: {
      address: 'The change of address is undone.',
      sessions: 'Everybody is signed out everywhere, you too.',
      password: 'The password is worth nothing any more; you set a new one.',
      factors: 'Whatever was added to your sign-in since then is removed.',
    },
    submit: 'It was not me',
    confirmNot: 'If it was you, close this page: then nothing happens.',
    doneTitle: 'Your account is closed to others',
    done: {
      sign_in: 'Nobody is signed in any more, and the old password opens nothing. Now set a new one.',
      address_change: 'The change is undone, nobody is signed in any more, and the old password opens nothing. Now set a new one.',
    },
    expiredTitle: 'This link is no longer valid',
    expired: 'It was used before, or it is too old. If you think that somebody else can use your account, set a new password.',
    recover: 'Set a new password',
  },
}
