/** A batch of the message queue, or of what SES tells: what could not be done stays in its queue and is brought again, the rest is done. */
import type { MailFeedback } from '@gatehouse/core/mail_mark.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter } from '@gatehouse/ports/texter.ts'
import { parseSesFeedback, type QueuedMessage } from './ports.ts'

export type DeliverBatch = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] }
export type DeliverResult = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }
export type DeliverOptions = {
  readonly mailer: Mailer
  readonly texter: Texter
  readonly feedback: (told: MailFeedback) => Promise<void>
  readonly log: Log
}

export async function deliverBatch({ mailer, texter, feedback, log }: DeliverOptions, { Records }: DeliverBatch): Promise<DeliverResult> {
  const done = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        const message = findMessage(body)
        if (message === undefined) for (const told of parseSesFeedback(body)) await feedback(told)
        else await (message.channel === 'mail' ? mailer.send(message) : texter.send(message))
        return undefined
      } catch (error) {
        log.write('warn', 'an entry of the queue could not be handled', { entry: messageId, error })
        return messageId
      }
    }),
  )
  return { batchItemFailures: done.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })) }
}

/** Undefined: it is none of the house's messages. */
function findMessage(body: string): QueuedMessage | undefined {
  const message = JSON.parse(body) as Partial<QueuedMessage>
  if (message.channel === undefined) return undefined
  if ((message.channel !== 'mail' && message.channel !== 'text') || typeof message.to !== 'string' || typeof message.id !== 'string')
    throw new TypeError('the entry of the queue holds no message')
  return message as QueuedMessage
}
