/** A batch of the message queue: what could not be sent stays in the queue and is brought again, the rest is done. */
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter } from '@gatehouse/ports/texter.ts'
import type { QueuedMessage } from './ports.ts'

export type DeliverBatch = { readonly Records: readonly { readonly messageId: string; readonly body: string }[] }
export type DeliverResult = { readonly batchItemFailures: readonly { readonly itemIdentifier: string }[] }
export type DeliverOptions = { readonly mailer: Mailer; readonly texter: Texter; readonly log: Log }

export async function deliverBatch({ mailer, texter, log }: DeliverOptions, { Records }: DeliverBatch): Promise<DeliverResult> {
  const done = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      try {
        const message = parseMessage(body)
        await (message.channel === 'mail' ? mailer.send(message) : texter.send(message))
        return undefined
      } catch (error) {
        log.write('warn', 'a message could not be sent', { entry: messageId, error })
        return messageId
      }
    }),
  )
  return { batchItemFailures: done.filter((id) => id !== undefined).map((itemIdentifier) => ({ itemIdentifier })) }
}

function parseMessage(body: string): QueuedMessage {
  const message = JSON.parse(body) as Partial<QueuedMessage>
  if ((message.channel !== 'mail' && message.channel !== 'text') || typeof message.to !== 'string' || typeof message.id !== 'string')
    throw new TypeError('the entry of the queue holds no message')
  return message as QueuedMessage
}
