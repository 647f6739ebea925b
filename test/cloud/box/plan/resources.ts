/** Looks into a computed plan: resources by type, fields by path. What the box needs and the plan does not say is told at once, with its place. */
import type { Plan, PlannedResource } from '../../../../infra/plan/plan.ts'

export type { Plan, PlannedResource }
export type Fields = Readonly<Record<string, unknown>>

/** Short names of Pulumi's types, newer forms of one thing beside the older. */
const TYPES = {
  function: ['aws:lambda/function:Function'],
  functionUrl: ['aws:lambda/functionUrl:FunctionUrl'],
  permission: ['aws:lambda/permission:Permission'],
  mapping: ['aws:lambda/eventSourceMapping:EventSourceMapping'],
  role: ['aws:iam/role:Role'],
  rolePolicy: ['aws:iam/rolePolicy:RolePolicy'],
  policy: ['aws:iam/policy:Policy'],
  policyAttachment: ['aws:iam/rolePolicyAttachment:RolePolicyAttachment'],
  table: ['aws:dynamodb/table:Table'],
  machine: ['aws:sfn/stateMachine:StateMachine'],
  rule: ['aws:cloudwatch/eventRule:EventRule'],
  target: ['aws:cloudwatch/eventTarget:EventTarget'],
  queue: ['aws:sqs/queue:Queue'],
  queuePolicy: ['aws:sqs/queuePolicy:QueuePolicy'],
  topic: ['aws:sns/topic:Topic'],
  topicPolicy: ['aws:sns/topicPolicy:TopicPolicy'],
  subscription: ['aws:sns/topicSubscription:TopicSubscription'],
  parameter: ['aws:ssm/parameter:Parameter'],
  key: ['aws:kms/key:Key'],
  keyPolicy: ['aws:kms/keyPolicy:KeyPolicy'],
  bucket: ['aws:s3/bucket:Bucket', 'aws:s3/bucketV2:BucketV2'],
  bucketPolicy: ['aws:s3/bucketPolicy:BucketPolicy'],
  object: ['aws:s3/bucketObjectv2:BucketObjectv2', 'aws:s3/bucketObject:BucketObject'],
  identity: ['aws:sesv2/emailIdentity:EmailIdentity'],
  configurationSet: ['aws:sesv2/configurationSet:ConfigurationSet'],
  eventDestination: ['aws:sesv2/configurationSetEventDestination:ConfigurationSetEventDestination'],
  distribution: ['aws:cloudfront/distribution:Distribution', 'aws:cloudfront/multitenantDistribution:MultitenantDistribution'],
  multitenantDistribution: ['aws:cloudfront/multitenantDistribution:MultitenantDistribution'],
  connectionGroup: ['aws:cloudfront/connectionGroup:ConnectionGroup'],
  edgeFunction: ['aws:cloudfront/function:Function'],
  keyValueStore: ['aws:cloudfront/keyValueStore:KeyValueStore'],
  keyValue: ['aws:cloudfront/keyvaluestoreKey:KeyvaluestoreKey'],
  keyValues: ['aws:cloudfront/keyvaluestoreKeysExclusive:KeyvaluestoreKeysExclusive'],
  cachePolicy: ['aws:cloudfront/cachePolicy:CachePolicy'],
  originRequestPolicy: ['aws:cloudfront/originRequestPolicy:OriginRequestPolicy'],
  responseHeadersPolicy: ['aws:cloudfront/responseHeadersPolicy:ResponseHeadersPolicy'],
} as const

export function resourcesOf({ resources }: Plan, kind: keyof typeof TYPES): readonly PlannedResource[] {
  const types: readonly string[] = TYPES[kind]
  return resources.filter(({ type }) => types.includes(type))
}

/** Inputs, and what AWS would say over them. */
export function fieldsOf({ inputs, outputs }: PlannedResource): Fields {
  return { ...inputs, ...outputs }
}

export function textOf(resource: PlannedResource, name: string): string {
  const value = fieldsOf(resource)[name]
  if (typeof value !== 'string' || value === '') throw new TypeError(`${resource.type} ${resource.name}: the plan says no ${name}`)
  return value
}

export function optionalText(resource: PlannedResource, name: string): string | undefined {
  const value = fieldsOf(resource)[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** One object, or none: Pulumi writes some single blocks as lists of one. */
export function blockOf(fields: Fields, name: string): Fields {
  const value = fields[name]
  const one: unknown = Array.isArray(value) ? value[0] : value
  return one !== null && typeof one === 'object' ? (one as Fields) : {}
}

export function listOf(fields: Fields, name: string): readonly unknown[] {
  const value = fields[name]
  if (value === undefined || value === null) return []
  return Array.isArray(value) ? value : [value]
}
