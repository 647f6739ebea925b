/** A queue as an event source: batches to the function, what it took is deleted, the rest becomes visible again after the queue's time-out. */

import type { Queue, Queues, Received } from '../apis/queues.ts'
import type { Functions } from '../functions/functions.ts'
import type { Authority } from '../iam/authority.ts'
import { failedItems, type Mapping, mayPoll, passes } from './mapping.ts'

export type Source = { /** Nothing to read, and nothing under way. */ idle(): boolean; stop(): void }

export type QueueSourceOptions = {
  readonly mapping: Mapping
  readonly queues: Queues
  readonly functions: Functions
  readonly authority: Authority
  readonly region: string
}

const TICK_MILLISECONDS = 20
const NEEDED = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
/** As Lambda begins with: five pollers. */
const POLLERS = 5

export function openQueueSource({ mapping, queues, functions, authority, region }: QueueSourceOptions): Source {
  const queue = queues.byArn(mapping.sourceArn)
  const definition = functions.find(mapping.functionArn)
  if (!queue || !definition) throw new TypeError(`the mapping ${mapping.uuid} leads from or to nothing of the plan`)
  let underWay = 0

  async function handle(from: Queue): Promise<void> {
    const messages = from.receive(mapping.batchSize)
    const taken = messages.filter((message) => passes(mapping, { ...recordOf(message), body: bodyOf(message) }))
    // A message that no filter lets through is deleted.
    for (const { receipt } of messages.filter((message) => !taken.includes(message))) from.remove(receipt)
    if (taken.length === 0) return
    const outcome = await functions.invoke(mapping.functionArn, { Records: taken.map(recordOf) })
    const failed = failedItems(mapping, outcome)
    if (failed === undefined || failed.some((id) => !taken.some((message) => message.id === id))) return
    for (const { id, receipt } of taken) if (!failed.includes(id)) from.remove(receipt)
  }

  function recordOf({ id, receipt, body, receives, sentAt }: Received) {
    return {
      messageId: id,
      receiptHandle: receipt,
      body,
      attributes: {
        ApproximateReceiveCount: String(receives),
        SentTimestamp: String(sentAt),
        SenderId: 'AIDACKCEVSQ6C2EXAMPLE',
        ApproximateFirstReceiveTimestamp: String(sentAt),
      },
      messageAttributes: {},
      eventSource: 'aws:sqs',
      eventSourceARN: mapping.sourceArn,
      awsRegion: region,
    }
  }

  const timer = setInterval(() => {
    if (underWay >= POLLERS || queue.counts().visible === 0) return
    if (!mayPoll(authority, definition, NEEDED, queue.arn)) return
    underWay += 1
    handle(queue).finally(() => {
      underWay -= 1
    })
  }, TICK_MILLISECONDS)

  return { idle: () => underWay === 0 && queue.counts().visible === 0, stop: () => clearInterval(timer) }
}

/** Filters look into a body that is JSON. */
function bodyOf({ body }: Received): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}
