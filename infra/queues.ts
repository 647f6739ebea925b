/** Queues with their dead letters, and what takes from them. */
import { named } from './names.ts'

const DAY = 86_400

export type Queue = { readonly queue: aws.sqs.Queue; readonly dead: aws.sqs.Queue }

export type QueueOptions = {
  readonly name: 'messages' | 'feedback'
  /** Six times the function's time-out, as AWS advises: a batch that is still worked on must not appear again. */
  readonly visibilitySeconds: number
  /** Then it is a dead letter. */
  readonly tries: number
}

export function createQueue({ name, visibilitySeconds, tries }: QueueOptions): Queue {
  const title = name.charAt(0).toUpperCase() + name.slice(1)
  const dead = new aws.sqs.Queue(`${title}Dead`, {
    name: named(`${name}-dead`),
    messageRetentionSeconds: 14 * DAY,
    sqsManagedSseEnabled: true,
  })
  const queue = new aws.sqs.Queue(title, {
    name: named(name),
    visibilityTimeoutSeconds: visibilitySeconds,
    messageRetentionSeconds: 4 * DAY,
    receiveWaitTimeSeconds: 20,
    sqsManagedSseEnabled: true,
    redrivePolicy: $jsonStringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: tries }),
  })
  new aws.sqs.RedriveAllowPolicy(`${title}DeadFrom`, {
    queueUrl: dead.url,
    redriveAllowPolicy: $jsonStringify({ redrivePermission: 'byQueue', sourceQueueArns: [queue.arn] }),
  })
  return { queue, dead }
}

/** At most ten at once: what is sent faster is throttled by SES anyhow, and the house keeps its share of the account's concurrency. */
export function takeFrom({ queue }: Queue, title: string, taker: sst.aws.Function): aws.lambda.EventSourceMapping {
  return new aws.lambda.EventSourceMapping(
    `${title}ToDeliver`,
    {
      eventSourceArn: queue.arn,
      functionName: taker.name,
      batchSize: 10,
      functionResponseTypes: ['ReportBatchItemFailures'],
      scalingConfig: { maximumConcurrency: 10 },
    },
    { dependsOn: [taker.nodes.role] },
  )
}
