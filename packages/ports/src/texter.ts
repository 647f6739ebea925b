/** Carries one text message (SMS): the outbox locally; in the cloud a queue takes it, and SNS sends what the queue brings. */
import type { Once } from './mailer.ts'

export type TextMessage = {
  /** As a mail's. */
  readonly id: string
  readonly once: Once
  /** E.164, `+` and digits. */
  readonly to: string
  readonly text: string
  readonly locale: string
  readonly tenant: string
  readonly template: string
}

export interface Texter {
  /** Throws `IamError('access_denied')` where the network says that the receiver has asked for no messages: it is remembered, and not tried again. */
  send(message: TextMessage): Promise<void>
}
