/** The rules of codes that are sent: six digits, five minutes, five tries, once. Times in seconds since the epoch. */

export const ONE_TIME_PASSWORD_DIGITS = 6
export const ONE_TIME_PASSWORD_SECONDS = 300
export const ONE_TIME_PASSWORD_TRIES = 5
/** A link is looked for in a mailbox, perhaps on another device. */
export const MAGIC_LINK_SECONDS = 600
const MOST_SENDS = 5
const FIRST_WAIT_SECONDS = 30

export type Sends = { readonly sends: number; readonly nextSendAt: number }

export type SendDecision =
  | { readonly kind: 'send'; readonly next: Sends }
  | { readonly kind: 'wait'; readonly seconds: number }
  /** No more of them for this challenge. */
  | { readonly kind: 'enough' }

/** May another code be sent now? Each makes the next one wait twice as long. */
export function decideSend(before: Sends | undefined, now: number): SendDecision {
  const sends = before?.sends ?? 0
  if (sends >= MOST_SENDS) return { kind: 'enough' }
  if (before !== undefined && before.nextSendAt > now) return { kind: 'wait', seconds: before.nextSendAt - now }
  return { kind: 'send', next: { sends: sends + 1, nextSendAt: now + FIRST_WAIT_SECONDS * 2 ** sends } }
}

/** As people type it: spaces and hyphens between digits are not part of it. */
export function plainCode(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s-]/g, '')
}
