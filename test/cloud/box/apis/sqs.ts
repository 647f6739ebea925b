/** SQS: standard queues in memory, with visibility, receive counts and redrive. Event-source mappings poll the same queues as the SDK does. */
import { createHash } from 'node:crypto'
import { type Api, AwsError, type Call, type Input, type Operation, textOf } from '../aws/api.ts'
import { jsonProtocol } from '../aws/protocols.ts'
import type { Need } from '../iam/authority.ts'
import type { Queue, Queues } from './queues.ts'

export function sqsApi(queues: Queues): Api {
  const queueOf = ({ input }: Call): Queue => {
    const queue = queues.byUrl(textOf(input, 'QueueUrl'))
    if (!queue) throw new AwsError('QueueDoesNotExist', 'The specified queue does not exist.')
    return queue
  }
  const operation = (action: string, run: (queue: Queue, input: Input) => unknown): Operation => ({
    needs: (call): Need[] => [{ action: `sqs:${action}`, resource: queueOf(call).arn }],
    run: (call) => run(queueOf(call), call.input),
  })
  const remove = (queue: Queue, entry: Input) => queue.remove(textOf(entry, 'ReceiptHandle'))
  return {
    prefix: 'sqs',
    protocol: jsonProtocol('1.0', 'com.amazonaws.sqs'),
    denial: { code: 'AccessDeniedException', status: 400 },
    operations: {
      SendMessage: operation('SendMessage', (queue, input) => sent(queue.send(textOf(input, 'MessageBody'), delayOf(input)), input)),
      SendMessageBatch: operation('SendMessage', (queue, input) => ({
        Successful: entriesOf(input).map((entry) => ({
          Id: entry.Id,
          ...sent(queue.send(textOf(entry, 'MessageBody'), delayOf(entry)), entry),
        })),
        Failed: [],
      })),
      ReceiveMessage: operation('ReceiveMessage', (queue, input) => ({
        Messages: queue
          .receive(Number(input.MaxNumberOfMessages ?? 1), input.VisibilityTimeout as number | undefined)
          .map(({ id, receipt, body, receives }) => ({
            MessageId: id,
            ReceiptHandle: receipt,
            Body: body,
            MD5OfBody: md5(body),
            Attributes: { ApproximateReceiveCount: String(receives) },
          })),
      })),
      DeleteMessage: operation('DeleteMessage', remove),
      DeleteMessageBatch: operation('DeleteMessage', (queue, input) => ({
        Successful: entriesOf(input).map((entry) => {
          remove(queue, entry)
          return { Id: entry.Id }
        }),
        Failed: [],
      })),
      ChangeMessageVisibility: operation('ChangeMessageVisibility', (queue, input) => {
        queue.hide(textOf(input, 'ReceiptHandle'), Number(input.VisibilityTimeout))
      }),
      GetQueueAttributes: operation('GetQueueAttributes', (queue) => ({
        Attributes: {
          QueueArn: queue.arn,
          ApproximateNumberOfMessages: String(queue.counts().visible),
          ApproximateNumberOfMessagesNotVisible: String(queue.counts().hidden),
        },
      })),
    },
  }
}

function sent(id: string, input: Input) {
  return { MessageId: id, MD5OfMessageBody: md5(textOf(input, 'MessageBody')) }
}

function delayOf(input: Input): number {
  return Number(input.DelaySeconds ?? 0)
}

function entriesOf({ Entries }: Input): Input[] {
  if (!Array.isArray(Entries) || Entries.length === 0) throw new AwsError('EmptyBatchRequest', 'There are no entries.')
  if (Entries.length > 10) throw new AwsError('TooManyEntriesInBatchRequest', 'A batch has at most 10 entries.')
  return Entries as Input[]
}

function md5(text: string): string {
  return createHash('md5').update(text).digest('hex')
}
