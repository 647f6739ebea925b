/** English words of the page of a sign-in that was not let through. */
export type SignInDeniedCatalogue = {
  readonly title: string
  readonly body: string
  readonly can: string
  readonly elsewhere: string
  readonly doubt: string
  readonly recover: string
  readonly contact: string
  readonly support: string
  readonly again: string
}

export const enSignInDenied: SignInDeniedCatalogue = {
  title: 'This sign-in was not let through',
  body: 'Something about it is unusual, so {brand} stopped it. Nobody is signed in, and nothing has changed in the account.',
  can: 'What you can do',
  elsewhere: 'Sign in from where you usually do: in another network, or with a device that you have used here before. Then try again.',
  doubt: 'If you think that somebody else knows your password, set a new one.',
  recover: 'Set a new password',
  contact: 'If it does not go on, speak to whoever runs {brand}. They see what was noticed.',
  support: 'Help and contact',
  again: 'Try again',
}
