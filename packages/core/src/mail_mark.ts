/** What is known against writing to a mail address: that mail to it came back, or that its owner called our mail unwanted. */

/** What became of a mail, as the wire tells it later. */
export type MailOutcome = 'bounced' | 'bounced_for_now' | 'complained' | 'delivered'

export type MailFeedback = {
  readonly tenant: string
  readonly address: string
  readonly outcome: MailOutcome
  /** Milliseconds since the epoch. */
  readonly at: number
  /** The receiving side's status (RFC 3463), as `5.1.1`; nothing of the address. */
  readonly status?: string
}

export type MailMark = {
  readonly reason: 'bounced' | 'complained'
  /** False: a full mailbox and the like; it ends by itself. */
  readonly permanent: boolean
  readonly at: number
  readonly status?: string
}

/** A mailbox that was full is tried again after so long. */
const TRANSIENT_SECONDS = 6 * 3600
/** A mailbox that was not there may have been made since. */
const PERMANENT_BOUNCE_SECONDS = 365 * 86_400

const REASONS = {
  bounced: { reason: 'bounced', permanent: true },
  bounced_for_now: { reason: 'bounced', permanent: false },
  complained: { reason: 'complained', permanent: true },
} as const

/** Undefined: nothing is held against the address. */
export function markOf({ outcome, at, status }: MailFeedback): MailMark | undefined {
  return outcome === 'delivered' ? undefined : { ...REASONS[outcome], at, ...(status === undefined ? {} : { status }) }
}

/** In milliseconds since the epoch; undefined: until an administrator takes it away. Who called our mail unwanted is not asked again by time alone. */
export function markEnds(mark: MailMark): number | undefined {
  if (mark.reason === 'complained') return undefined
  return mark.at + (mark.permanent ? PERMANENT_BOUNCE_SECONDS : TRANSIENT_SECONDS) * 1000
}
