/** Messages about the safety of an account, in English: the pattern for the other languages. */

export const enSafety = {
  notMe: 'This was not me',
  validDays: { one: 'The link is valid for {count} day.', other: 'The link is valid for {count} days.' },
  idleAccount: {
    subject: {
      warned: 'Your account at {brand} will be suspended',
      suspended: 'Your account at {brand} is suspended',
      suspended_ask: 'Your account at {brand} is suspended',
    },
    title: { warned: 'Your account will be suspended', suspended: 'Your account is suspended', suspended_ask: 'Your account is suspended' },
    warned:
      'You have not used your account at {brand} for a long time. So that nobody else does, it will be suspended. Sign in once before, and it stays.',
    suspended:
      'Nobody has used your account at {brand} for a long time, so it is suspended. Nothing of it is lost: set a new password, and it is open again.',
    suspended_ask:
      'Nobody has used your account at {brand} for a long time, so it is suspended. Nothing of it is lost: ask those who run {brand} to open it again.',
    when: 'Suspended on',
    action: { warned: 'Sign in', suspended: 'Set a new password', suspended_ask: 'To the sign-in page' },
  },
  push: { title: 'A sign-in waits for you', body: 'Open My Account at {brand} to see who asks.' },
  passwordExpires: {
    subject: 'Your password at {brand} will soon be too old',
    title: 'Your password will soon be too old',
    body: 'Passwords at {brand} are changed from time to time. Choose a new one before the day below; from then on you are asked for it when you sign in.',
    when: 'Too old from',
    action: 'Change the password',
  },
  newBrowser: {
    subject: 'A new sign-in to your account at {brand}',
    title: 'A new sign-in',
    body: 'Somebody signed in to your account at {brand} from a browser that we do not know with you.',
    browser: 'Browser',
    place: 'Place',
    unknown: 'unknown',
    not: 'If it was you, all is well. If it was not, press the button: that ends the session, makes your password worthless, and leads you to a new one.',
  },
  riskySignIn: {
    subject: 'An unusual sign-in to your account at {brand}',
    title: 'An unusual sign-in',
    body: 'Somebody proved to {brand} that they are you, by your password or whatever you begin with, in a way that is unusual for you.',
    outcomes: {
      let_through: 'They are signed in.',
      asked_for_more: 'More was asked for before anything was opened.',
      waits_for_approval: 'Nothing was opened: somebody who runs it has to agree first.',
      denied: 'Nothing was opened: the sign-in was stopped.',
    },
    seen: 'Noticed',
    signals: {
      new_device: 'a device that we do not know with you',
      new_country: 'a country from which you have not signed in',
      impossible_travel: 'farther from your last sign-in than one can travel in that time',
      listed_address: 'an address with a bad name',
      unusual_hour: 'a time of the day that is unusual for you',
      failed_tries: 'wrong passwords before it',
      breached_password: 'a password that everybody knows',
      network_velocity: 'many new devices in the same network',
    },
    not: 'If it was you, all is well. If it was not, somebody has what opens your account: press the button. That ends all sessions, makes the password worthless, and leads you to a new one.',
  },
  addressChange: {
    subject: {
      email: 'The e-mail address of your account at {brand}',
      phone_number: 'The phone number of your account at {brand}',
    },
    title: { email: 'Your e-mail address', phone_number: 'Your phone number' },
    newAddress: 'New address',
    asked: {
      email:
        'Somebody signed in to your account wants to replace this e-mail address by another. Until the new one is confirmed, this one stays.',
      phone_number:
        'Somebody signed in to your account wants to enter another phone number. Until the new one is confirmed, nothing changes.',
    },
    changed: {
      email: 'The e-mail address of your account was changed. From now on we write to the new one.',
      phone_number: 'The phone number of your account was changed.',
    },
    removed: {
      email: 'The e-mail address of your account was removed.',
      phone_number: 'The phone number of your account was removed.',
    },
    not: 'If it was you, all is well. If it was not, somebody else can use your account: act at once.',
    tell: 'Change your password, look over your sessions, and tell those who run {brand}.',
    open: 'Open my account',
    text: {
      asked:
        '{brand}: somebody wants to enter another phone number for your account. If it was not you, change your password at once: {url}',
      changed: '{brand}: the phone number of your account was changed. If it was not you, change your password at once: {url}',
      removed: '{brand}: this phone number was removed from your account. If it was not you, change your password at once: {url}',
    },
  },
}
