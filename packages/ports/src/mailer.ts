/** Carries one mail: the outbox locally; in the cloud a queue takes it, and SES sends what the queue brings. */

/** `at_least`: doubled only where a crash falls between sending and marking. `at_most`: a one-time code; whoever misses it asks for another. */
export type Once = 'at_least' | 'at_most'

export type Mail = {
  /** Names this message for good, so that the same one is told when it comes again. Holds nothing of its receiver. */
  readonly id: string
  readonly once: Once
  readonly to: string
  readonly from: string
  readonly subject: string
  readonly html: string
  readonly text: string
  /** BCP 47, for the `Content-Language` header and the direction in which the mail is read. */
  readonly locale: string
  readonly tenant: string
  /** The template's name, for the log. */
  readonly template: string
}

export interface Mailer {
  send(mail: Mail): Promise<void>
}
