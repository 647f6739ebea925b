/** Carries one text message (SMS). SNS in the cloud, the outbox locally. */
export type TextMessage = {
  /** E.164, `+` and digits. */
  readonly to: string
  readonly text: string
  readonly locale: string
  readonly tenant: string
  readonly template: string
}

export interface Texter {
  send(message: TextMessage): Promise<void>
}
