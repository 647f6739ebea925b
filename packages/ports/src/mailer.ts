/** Carries one mail. SES in the cloud, the outbox locally. */
export type Mail = {
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
