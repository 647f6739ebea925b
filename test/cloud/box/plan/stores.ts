/** What keeps and carries things: the table, queues, topics, keys, buckets, the post. */
import type { QueueDefinition } from '../apis/queues.ts'
import type { Subscription } from '../apis/sns.ts'
import { blockOf, type Fields, fieldsOf, listOf, optionalText, type Plan, resourcesOf, textOf } from './resources.ts'

export type PlannedTable = {
  readonly name: string
  readonly arn: string
  readonly streamArn: string
  /** As DynamoDB's `CreateTable` takes it. */
  readonly create: Fields
  readonly ttlAttribute: string | undefined
}

const PROJECTIONS: Readonly<Record<string, string>> = { all: 'ALL', keys_only: 'KEYS_ONLY', include: 'INCLUDE' }

export function readTable(plan: Plan): PlannedTable {
  const [table, ...others] = resourcesOf(plan, 'table')
  if (!table || others.length > 0) throw new TypeError(`the box runs a plan of one table, not ${others.length + (table ? 1 : 0)}`)
  const fields = fieldsOf(table)
  const keys = (from: Fields) => [
    { AttributeName: String(from.hashKey), KeyType: 'HASH' },
    ...(from.rangeKey === undefined ? [] : [{ AttributeName: String(from.rangeKey), KeyType: 'RANGE' }]),
  ]
  const indexes = listOf(fields, 'globalSecondaryIndexes').map((one) => {
    const index = one as Fields
    const others = listOf(index, 'nonKeyAttributes').map(String)
    const type = String(index.projectionType)
    return {
      IndexName: String(index.name),
      KeySchema: keys(index),
      Projection: { ProjectionType: PROJECTIONS[type.toLowerCase()] ?? type, ...(others.length > 0 ? { NonKeyAttributes: others } : {}) },
    }
  })
  const ttl = blockOf(fields, 'ttl')
  const name = textOf(table, 'name')
  return {
    name,
    arn: textOf(table, 'arn'),
    streamArn: textOf(table, 'streamArn'),
    create: {
      TableName: name,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: listOf(fields, 'attributes').map((one) => ({
        AttributeName: String((one as Fields).name),
        AttributeType: String((one as Fields).type),
      })),
      KeySchema: keys(fields),
      ...(indexes.length > 0 ? { GlobalSecondaryIndexes: indexes } : {}),
      StreamSpecification: { StreamEnabled: fields.streamEnabled === true, StreamViewType: String(fields.streamViewType) },
    },
    ttlAttribute: ttl.enabled === false ? undefined : (ttl.attributeName as string | undefined),
  }
}

export function readQueues(plan: Plan): QueueDefinition[] {
  return resourcesOf(plan, 'queue').map((queue) => {
    const redrive = optionalText(queue, 'redrivePolicy')
    const { deadLetterTargetArn, maxReceiveCount } = redrive === undefined ? {} : (JSON.parse(redrive) as Fields)
    return {
      arn: textOf(queue, 'arn'),
      url: textOf(queue, 'url'),
      visibilitySeconds: Number(fieldsOf(queue).visibilityTimeoutSeconds ?? 30),
      ...(deadLetterTargetArn === undefined
        ? {}
        : { redrive: { deadLetters: String(deadLetterTargetArn), maxReceives: Number(maxReceiveCount) } }),
    }
  })
}

export function readSubscriptions(plan: Plan): Subscription[] {
  return resourcesOf(plan, 'subscription')
    .filter((one) => textOf(one, 'protocol') === 'sqs')
    .map((one) => ({ topicArn: textOf(one, 'topic'), queueArn: textOf(one, 'endpoint'), raw: fieldsOf(one).rawMessageDelivery === true }))
}

export function readTopics(plan: Plan): string[] {
  return resourcesOf(plan, 'topic').map((topic) => textOf(topic, 'arn'))
}

export function readKeys(plan: Plan): string[] {
  return resourcesOf(plan, 'key').map((key) => textOf(key, 'arn'))
}

export function readBuckets(plan: Plan): string[] {
  return resourcesOf(plan, 'bucket').map((bucket) => textOf(bucket, 'bucket'))
}

export function readIdentities(plan: Plan): string[] {
  return resourcesOf(plan, 'identity').map((identity) => textOf(identity, 'emailIdentity'))
}

/** Configuration set -> the topics that hear of bounces and complaints. */
export function readFeedback(plan: Plan): Map<string, string[]> {
  const destinations = resourcesOf(plan, 'eventDestination')
  return new Map(
    resourcesOf(plan, 'configurationSet').map((set) => {
      const name = textOf(set, 'configurationSetName')
      const topics = destinations
        .filter((one) => textOf(one, 'configurationSetName') === name)
        .map((one) => blockOf(blockOf(fieldsOf(one), 'eventDestination'), 'snsDestination').topicArn)
      return [name, topics.filter((topic): topic is string => typeof topic === 'string')]
    }),
  )
}

/** Parameter -> its type and value, where the plan itself writes it. */
export function readParameters(plan: Plan): Map<string, { readonly Type: string; readonly Value: string }> {
  return new Map(
    resourcesOf(plan, 'parameter').map((parameter) => [
      textOf(parameter, 'name'),
      { Type: textOf(parameter, 'type'), Value: String(fieldsOf(parameter).value ?? '') },
    ]),
  )
}
