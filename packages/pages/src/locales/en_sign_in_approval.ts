/** English words of the page that asks somebody to let a sign-in through. */
export type SignInApprovalCatalogue = {
  readonly title: string
  readonly ask: string
  readonly send: string
  readonly waitsTitle: string
  readonly waits: string
  readonly look: string
  readonly reference: string
  readonly declinedTitle: string
  readonly declined: string
  readonly nobody: string
  readonly enough: string
}

export const enSignInApproval: SignInApprovalCatalogue = {
  title: 'This sign-in needs a word from somebody',
  ask: 'Something about this sign-in is unusual. Somebody at {brand} can let it through. They will ask you whether it is you.',
  send: 'Ask for it',
  waitsTitle: 'Waiting for approval',
  waits: 'Your request is on its way. Stay in this browser: once it is approved, this sign-in goes on here, or you sign in here again.',
  look: 'Look again',
  reference: 'Request',
  declinedTitle: 'This sign-in was not let through',
  declined: 'Nobody has let it through. If it was you, speak to whoever runs {brand}.',
  nobody: 'There is nobody here who could let it through. Sign in from where you usually do.',
  enough: 'You have asked often enough for today.',
}
