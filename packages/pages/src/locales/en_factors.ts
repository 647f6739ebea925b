/** The pages of further factors in English. They have words of their own, so that the sign-in page does not load them. */

export const enFactors = {
  kinds: {
    totp: 'Authenticator app',
    email_otp: 'Code by e-mail',
    sms_otp: 'Code by text message',
    recovery_code: 'Recovery code',
  },
  code: 'Code',
  recoveryCode: 'Recovery code',
  submit: 'Continue',
  resend: 'Send another code',
  mfa: {
    title: 'Confirm that it is you',
    signedInAs: 'You sign in as {user}.',
    notYou: 'Not you?',
    totp: 'Type the code that your authenticator app shows.',
    email_otp: 'Type the code that we have sent to {address}.',
    sms_otp: 'Type the code that we have sent to {address}.',
    recovery_code: 'Type one of the recovery codes that you have kept. Each works once.',
    remember: {
      one: 'Do not ask in this browser for {count} day',
      other: 'Do not ask in this browser for {count} days',
    },
    rememberHint: 'Only in a browser that is yours alone.',
    others: 'Use something else',
  },
  enrol: {
    title: 'Set up a second factor',
    intro: 'Your account needs one before you can go on. It is asked for beside your password.',
    choose: 'What would you like to use?',
    totpHint: 'An app on your phone or computer that shows codes, also without a connection.',
    emailHint: 'A code in a mailbox that is yours.',
    smsHint: 'A code on your mobile phone.',
    scan: 'Scan this picture with your authenticator app, then type the code that it shows.',
    picture: 'QR code with the key below',
    key: 'Or enter this key in the app:',
    email: 'To which address shall the codes go?',
    phone: 'To which number shall the codes go?',
    send: 'Send a code',
    sent: 'Type the code that we have sent to {address}.',
    chooseOther: 'Choose something else',
  },
  notices: {
    sent: 'A code is on its way.',
    wait: {
      one: 'Please wait {count} minute before you ask for another code.',
      other: 'Please wait {count} minutes before you ask for another code.',
    },
    waitSeconds: {
      one: 'Please wait {count} second before you ask for another code.',
      other: 'Please wait {count} seconds before you ask for another code.',
    },
    enough: 'No more codes are sent for this sign-in. Use something else, or start again.',
    expired: 'This code is no longer valid. Please ask for another.',
    enrolmentExpired: 'That took too long. Please begin again.',
    locked: {
      one: 'Too many tries. Please wait {count} minute, then try again.',
      other: 'Too many tries. Please wait {count} minutes, then try again.',
    },
  },
}
