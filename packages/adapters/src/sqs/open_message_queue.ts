/** Mailer and Texter that put each rendered message in a queue: the function behind it sends, as fast as SES and SNS let it. */
import type { Mail, Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter, TextMessage } from '@gatehouse/ports/texter.ts'
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'

/** What one entry of the queue holds, as JSON. */
export type QueuedMessage = ({ readonly channel: 'mail' } & Mail) | ({ readonly channel: 'text' } & TextMessage)

export type MessageQueueOptions = { readonly access: AwsAccess; readonly queueUrl: string }

export function openMessageQueue({ access, queueUrl }: MessageQueueOptions): { readonly mailer: Mailer; readonly texter: Texter } {
  const sqs = openAwsJson({ access, service: 'SQS', target: 'AmazonSQS', version: '1.0' })
  const enqueue = async (message: QueuedMessage): Promise<void> => {
    await sqs('SendMessage', { QueueUrl: queueUrl, MessageBody: JSON.stringify(message) })
  }
  return {
    mailer: { send: (mail) => enqueue({ ...mail, channel: 'mail' }) },
    texter: { send: (text) => enqueue({ ...text, channel: 'text' }) },
  }
}
