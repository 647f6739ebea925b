/** What follows from what happened: relay after each write, and the alarms that tell when something does not follow. */
import { createAlarms, type Watched } from '../infra/alarms.ts'
import { createFunction, type Given } from '../infra/functions.ts'
import { createFailuresBucket, followStream } from '../infra/relay_stream.ts'
import { stateMachineArn } from '../infra/state_machine.ts'
import type { Foundation } from './foundation.ts'
import type { Messaging } from './messaging.ts'
import type { Web } from './web.ts'

export type Relay = { readonly relay: sst.aws.Function; readonly failures: aws.s3.Bucket }

export function deployRelay({ stage, settings }: Given, { table, options }: Foundation, { messages }: Messaging, { origin }: Web): Relay {
  const failures = createFailuresBucket(stage)
  const relay = createFunction(
    'relay',
    options({
      arns: {
        stream: [table.nodes.table.streamArn],
        streams: [$interpolate`${table.arn}/stream/*`],
        messages: [messages.queue.arn],
        state_machine: [stateMachineArn()],
        failures: [failures.arn],
        kept_failures: [$interpolate`${failures.arn}/*`],
      },
      environment: {
        GATEHOUSE_ORIGIN: origin,
        GATEHOUSE_STATE_MACHINE: stateMachineArn(),
        GATEHOUSE_MESSAGE_QUEUE: messages.queue.url,
        GATEHOUSE_MAIL_DOMAIN: settings.mailDomain,
        GATEHOUSE_FAILURES_BUCKET: failures.bucket,
      },
    }),
  )
  followStream(table, relay, failures)
  return { relay, failures }
}

export function deployAlarms({ stage, settings }: Given, watched: Watched): void {
  if (stage.alarms) createAlarms(watched, settings)
}
