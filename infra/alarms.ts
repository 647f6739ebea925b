/** What wakes somebody. `docs/operations.md` has a section for each name. */
import { FUNCTIONS, type FunctionName } from './function_table.ts'
import { named } from './names.ts'
import type { Settings } from './settings.ts'

export type Functions = Readonly<Record<FunctionName, sst.aws.Function>>

export type Watched = {
  readonly functions: Functions
  readonly stateMachine: aws.sfn.StateMachine
  readonly dead: Readonly<Record<string, aws.sqs.Queue>>
  readonly failures: aws.s3.Bucket
  readonly table: sst.aws.Dynamo
}

type Alarm = {
  readonly description: string
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Record<string, $util.Input<string>>
  readonly statistic: 'Sum' | 'Maximum' | 'Average'
  readonly above: number
  readonly seconds: number
}

const MINUTE = 60
const DAY = 86_400

export function createAlarms(watched: Watched, { alarmMail }: Settings): void {
  const topic = new aws.sns.Topic('Alarms', { name: named('alarms') })
  if (alarmMail) new aws.sns.TopicSubscription('AlarmsByMail', { topic: topic.arn, protocol: 'email', endpoint: alarmMail })
  for (const [name, alarm] of Object.entries(alarmTable(watched))) {
    new aws.cloudwatch.MetricAlarm(`Alarm ${name}`, {
      name: named(name),
      alarmDescription: alarm.description,
      namespace: alarm.namespace,
      metricName: alarm.metric,
      dimensions: alarm.dimensions,
      statistic: alarm.statistic,
      comparisonOperator: 'GreaterThanThreshold',
      threshold: alarm.above,
      period: alarm.seconds,
      evaluationPeriods: 1,
      // a house that nobody uses says nothing
      treatMissingData: 'notBreaching',
      alarmActions: [topic.arn],
      okActions: [topic.arn],
    })
  }
}

function alarmTable(watched: Watched): Readonly<Record<string, Alarm>> {
  const { functions, stateMachine, dead, failures, table } = watched
  const machine = { StateMachineArn: stateMachine.arn }
  return {
    'relay-age': {
      description: 'What follows from writes (audit, mails, approvals) is more than five minutes late',
      namespace: 'AWS/Lambda',
      metric: 'IteratorAge',
      dimensions: { FunctionName: functions.relay.name },
      statistic: 'Maximum',
      above: 5 * MINUTE * 1000,
      seconds: 5 * MINUTE,
    },
    'relay-failures': {
      description: 'An event failed six times and is kept in the bucket: gatehouse relay replay',
      namespace: 'AWS/S3',
      metric: 'NumberOfObjects',
      dimensions: { BucketName: failures.bucket, StorageType: 'AllStorageTypes' },
      statistic: 'Maximum',
      above: 0,
      seconds: DAY,
    },
    ...Object.fromEntries(
      Object.entries(dead).map(([queue, { name }]): [string, Alarm] => [
        `${queue}-dead`,
        {
          description: `A message of the queue ${queue} could not be handled`,
          namespace: 'AWS/SQS',
          metric: 'ApproximateNumberOfMessagesVisible',
          dimensions: { QueueName: name },
          statistic: 'Maximum',
          above: 0,
          seconds: 5 * MINUTE,
        },
      ]),
    ),
    ...Object.fromEntries(
      FUNCTIONS.map((name): [string, Alarm] => [
        `${name}-errors`,
        {
          description: `The function ${name} fails, times out or cannot start`,
          namespace: 'AWS/Lambda',
          metric: 'Errors',
          dimensions: { FunctionName: functions[name].name },
          statistic: 'Sum',
          above: 0,
          seconds: 5 * MINUTE,
        },
      ]),
    ),
    'approvals-failed': {
      description: 'Approvals end badly; the sweeper enters them again, so more than a few mean that it does not help',
      namespace: 'AWS/States',
      metric: 'ExecutionsFailed',
      dimensions: machine,
      statistic: 'Sum',
      above: 3,
      seconds: 15 * MINUTE,
    },
    'table-throttled': {
      description: 'DynamoDB refuses writes: one partition is asked for more than it gives, or the table for more than the account may',
      namespace: 'AWS/DynamoDB',
      metric: 'WriteThrottleEvents',
      dimensions: { TableName: table.name },
      statistic: 'Sum',
      above: 10,
      seconds: 5 * MINUTE,
    },
  }
}
