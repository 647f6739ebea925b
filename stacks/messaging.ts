/** Mails and text messages: queued by relay, sent by deliver, and what came back of them. */
import { FUNCTION_TABLE } from '../infra/function_table.ts'
import { createFunction, type Given } from '../infra/functions.ts'
import { createMail } from '../infra/mail.ts'
import { createQueue, type Queue, takeFrom } from '../infra/queues.ts'
import type { Foundation } from './foundation.ts'

export type Messaging = { readonly deliver: sst.aws.Function; readonly messages: Queue; readonly feedback: Queue }

const TRIES = 5

export function deployMessaging(given: Given, { table }: Foundation): Messaging {
  const visibilitySeconds = 6 * FUNCTION_TABLE.deliver.seconds
  const messages = createQueue({ name: 'messages', visibilitySeconds, tries: TRIES })
  const feedback = createQueue({ name: 'feedback', visibilitySeconds, tries: TRIES })
  const mail = createMail(given.settings, feedback)
  const deliver = createFunction('deliver', {
    ...given,
    arns: {
      table: [table.arn],
      messages: [messages.queue.arn],
      feedback: [feedback.queue.arn],
      ...(mail.identity ? { mail: [mail.identity.arn, mail.configurationSet.arn] } : {}),
    },
    environment: {
      GATEHOUSE_TABLE: table.name,
      GATEHOUSE_MAIL_CONFIGURATION_SET: mail.configurationSet.configurationSetName,
      GATEHOUSE_TEXT_SENDER: given.settings.textSender,
      GATEHOUSE_TEXT_COUNTRIES: given.settings.textCountries || undefined,
    },
  })
  takeFrom(messages, 'Messages', deliver)
  takeFrom(feedback, 'Feedback', deliver)
  return { deliver, messages, feedback }
}
