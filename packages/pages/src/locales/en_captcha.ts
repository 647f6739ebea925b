/** The check against programs in English: the pattern for the other languages. */
export const enCaptcha = {
  confirm: 'Please confirm that you are not a program',
  work: 'Checking that you are not a program. You need not do anything …',
  done: 'Checked: you are not a program.',
  failed: 'The check could not be loaded. Please use the other way below.',
  needsJavaScript: 'Here we check that no program sends the form. The check needs JavaScript, which is off in your browser.',
  otherWay: 'You cannot do this check?',
  wait: {
    one: 'Leave this page open for {count} second and then send the form: it is accepted without the check.',
    other: 'Leave this page open for {count} seconds and then send the form: it is accepted without the check.',
  },
  notices: {
    missing: 'There were several tries. Before the next one please confirm that you are not a program, and fill in the form again.',
    waiting: {
      one: 'The check was not done. Do it, or send the form in {count} second: it is accepted without it then.',
      other: 'The check was not done. Do it, or send the form in {count} seconds: it is accepted without it then.',
    },
    failed: 'The check was not passed, or was too old. Please do it again.',
    unavailable: 'The check cannot be confirmed at the moment. Please try again soon.',
  },
}
