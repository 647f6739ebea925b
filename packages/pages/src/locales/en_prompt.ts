/** English words of what adaptive scripts show. */
export type PromptCatalogue = {
  readonly title: string
  readonly go: string
  readonly waitTitle: string
  readonly wait: string
  readonly errorTitle: string
  readonly error: string
  readonly sessionsTitle: string
  readonly sessions: string
}

export const enPrompt: PromptCatalogue = {
  title: 'One more thing',
  go: 'Continue',
  waitTitle: 'One moment',
  wait: 'We are checking something. This page goes on by itself.',
  errorTitle: 'You cannot sign in here',
  error: 'The application does not let you sign in. If you think that this is wrong, ask whoever runs it.',
  sessionsTitle: 'You are signed in elsewhere',
  sessions: 'You have as many sessions as you may. End one of them to go on here.',
}
