/**
 * The functions: how large, how long, what calls them, what they may do. A right that is not in a row is not in a role; the cloud in a
 * box refuses what is not allowed, and knows a right that nobody uses.
 */

export const DOOR_FUNCTIONS = ['authorize', 'token', 'register', 'approve', 'consent', 'account', 'admin'] as const
export const BACKGROUND_FUNCTIONS = ['task', 'relay', 'deliver', 'sweep', 'operate'] as const
export type DoorFunction = (typeof DOOR_FUNCTIONS)[number]
export type BackgroundFunction = (typeof BACKGROUND_FUNCTIONS)[number]
export type FunctionName = DoorFunction | BackgroundFunction
export const FUNCTIONS: readonly FunctionName[] = [...DOOR_FUNCTIONS, ...BACKGROUND_FUNCTIONS]

/** What the switch `provisioned_concurrency` keeps warm. */
export const KEPT_WARM: readonly FunctionName[] = ['authorize', 'token']

/** What a right is about; `grants.ts` knows each one's arn. */
export type On =
  | 'table'
  | 'index'
  | 'stream'
  | 'streams'
  | 'vault_key'
  | 'vault_parameter'
  | 'messages'
  | 'feedback'
  | 'state_machine'
  | 'failures'
  | 'kept_failures'
  | 'mail'
  | 'anybodys_phone'
  | 'hosts'
  | 'host_values'
  | 'own_log'
  | 'traces'

export type Grant = {
  /** Its `Sid`. `Lambda...`: what AWS's own machinery does in the function's name; no code of ours calls it. */
  readonly sid: string
  readonly actions: readonly string[]
  readonly on: readonly On[]
}

export type Row = {
  readonly megabytes: number
  readonly seconds: number
  /** What the bundle may weigh in kB; a native Argon2 is 660 of it, the verification of passkeys 450. */
  readonly kilobytes: number
  /** What of it is parsed at a cold start: the entry, and what it imports at once. What is imported when a request needs it is not. */
  readonly startKilobytes: number
  readonly grants: readonly Grant[]
}

const VAULT: Grant = { sid: 'OpenVault', actions: ['kms:Decrypt', 'ssm:GetParameter'], on: ['vault_key', 'vault_parameter'] }
const MAKE_VAULT: Grant = {
  sid: 'MakeVault',
  actions: ['kms:GenerateDataKeyWithoutPlaintext', 'ssm:PutParameter'],
  on: ['vault_key', 'vault_parameter'],
}

function table(...actions: readonly ('GetItem' | 'PutItem' | 'UpdateItem' | 'DeleteItem' | 'ConditionCheckItem' | 'Query')[]): Grant {
  return { sid: 'Table', actions: actions.map((action) => `dynamodb:${action}`), on: ['table'] }
}
const INDEX: Grant = { sid: 'Index', actions: ['dynamodb:Query'], on: ['index'] }
const START: Grant = { sid: 'Start', actions: ['states:StartExecution'], on: ['state_machine'] }
const WAKE: Grant = { sid: 'Wake', actions: ['states:SendTaskSuccess'], on: ['state_machine'] }

/** Hosts that tenants bring. A distribution tenant's id is AWS's own and known only when it is made. */
const HOSTS: readonly Grant[] = [
  {
    sid: 'Hosts',
    actions: [
      'cloudfront:CreateDistributionTenant',
      'cloudfront:GetDistributionTenant',
      'cloudfront:UpdateDistributionTenant',
      'cloudfront:DeleteDistributionTenant',
      'cloudfront:GetManagedCertificateDetails',
    ],
    on: ['hosts'],
  },
  {
    sid: 'HostValues',
    actions: [
      'cloudfront-keyvaluestore:DescribeKeyValueStore',
      'cloudfront-keyvaluestore:GetKey',
      'cloudfront-keyvaluestore:PutKey',
      'cloudfront-keyvaluestore:DeleteKey',
    ],
    on: ['host_values'],
  },
]

function polls(queue: 'messages' | 'feedback'): Grant {
  return {
    sid: queue === 'messages' ? 'LambdaPollsMessages' : 'LambdaPollsFeedback',
    actions: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'],
    on: [queue],
  }
}

/** Every function's. */
export const EVERYWHERE: readonly Grant[] = [{ sid: 'LambdaLogs', actions: ['logs:CreateLogStream', 'logs:PutLogEvents'], on: ['own_log'] }]

/** Of the functions behind the front door, which begins the traces: nothing that comes later carries one. */
export const AT_THE_DOOR: readonly Grant[] = [
  { sid: 'LambdaTraces', actions: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], on: ['traces'] },
]

export function grantsOf(name: FunctionName): readonly Grant[] {
  const atTheDoor = DOOR_FUNCTIONS.some((door) => door === name)
  return [...FUNCTION_TABLE[name].grants, ...EVERYWHERE, ...(atTheDoor ? AT_THE_DOOR : [])]
}

export const FUNCTION_TABLE: Readonly<Record<FunctionName, Row>> = {
  authorize: {
    megabytes: 1024,
    seconds: 15,
    kilobytes: 2550,
    startKilobytes: 244,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query')],
  },
  token: {
    megabytes: 512,
    seconds: 15,
    kilobytes: 160,
    startKilobytes: 155,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'Query')],
  },
  register: {
    megabytes: 1024,
    seconds: 15,
    kilobytes: 1070,
    startKilobytes: 209,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query')],
  },
  approve: {
    megabytes: 512,
    seconds: 15,
    kilobytes: 1060,
    startKilobytes: 233,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query'), INDEX],
  },
  consent: {
    megabytes: 512,
    seconds: 15,
    kilobytes: 1050,
    startKilobytes: 213,
    // it may be here that an adaptive script takes a role from somebody
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query')],
  },
  account: {
    megabytes: 1024,
    seconds: 15,
    kilobytes: 2400,
    startKilobytes: 250,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query')],
  },
  admin: {
    megabytes: 1024,
    seconds: 29,
    kilobytes: 2330,
    startKilobytes: 540,
    grants: [VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'ConditionCheckItem', 'Query'), INDEX, ...HOSTS],
  },
  task: {
    megabytes: 512,
    seconds: 30,
    kilobytes: 115,
    startKilobytes: 108,
    grants: [table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'), WAKE],
  },
  relay: {
    megabytes: 512,
    seconds: 60,
    kilobytes: 242,
    startKilobytes: 154,
    grants: [
      VAULT,
      table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query'),
      START,
      WAKE,
      { sid: 'Queue', actions: ['sqs:SendMessage'], on: ['messages'] },
      { sid: 'Replay', actions: ['s3:GetObject'], on: ['kept_failures'] },
      { sid: 'List', actions: ['s3:ListBucket'], on: ['failures'] },
      { sid: 'LambdaKeepsFailures', actions: ['s3:PutObject'], on: ['kept_failures'] },
      {
        sid: 'LambdaReadsStream',
        actions: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
        on: ['stream'],
      },
      { sid: 'LambdaListsStreams', actions: ['dynamodb:ListStreams'], on: ['streams'] },
    ],
  },
  deliver: {
    megabytes: 256,
    seconds: 30,
    kilobytes: 108,
    startKilobytes: 104,
    grants: [
      table('GetItem', 'PutItem', 'UpdateItem', 'DeleteItem'),
      { sid: 'Mail', actions: ['ses:SendEmail'], on: ['mail'] },
      { sid: 'Text', actions: ['sns:Publish', 'sns:CheckIfPhoneNumberIsOptedOut'], on: ['anybodys_phone'] },
      polls('messages'),
      polls('feedback'),
    ],
  },
  sweep: {
    megabytes: 512,
    seconds: 120,
    kilobytes: 116,
    startKilobytes: 111,
    grants: [VAULT, table('GetItem', 'PutItem', 'DeleteItem', 'Query'), INDEX, START],
  },
  operate: {
    megabytes: 512,
    seconds: 60,
    kilobytes: 575,
    startKilobytes: 385,
    grants: [VAULT, MAKE_VAULT, table('GetItem', 'PutItem', 'UpdateItem', 'Query')],
  },
}

/** What AWS cannot narrow down to one resource, with the reason; nothing else may say `*`. By the `Sid`. */
export const WILDCARDS: Readonly<Record<string, string>> = {
  LambdaTraces: 'X-Ray has no resources: its actions take no arn',
  LambdaJoinsVpc: 'the network interfaces are made by Lambda, and have no name before; EC2 takes no arn for describing them',
  Text: 'a phone number is no resource: NotResource leaves out every topic, so that nothing but phone numbers is left',
  StatesLogs: 'CloudWatch takes no arn for the delivery of logs',
}
