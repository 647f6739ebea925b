/** The services of the box, filled from the plan: one row each, by the name that signatures carry. */
import type { DistributionTenants } from './apis/distribution_tenants.ts'
import { dynamodbApi } from './apis/dynamodb.ts'
import type { Emulator } from './apis/emulator.ts'
import { type KeyValueStores, keyValueStoresApi } from './apis/key_value_stores.ts'
import { kmsApi } from './apis/kms.ts'
import { lambdaApi } from './apis/lambda.ts'
import { openQueues, type Queues } from './apis/queues.ts'
import { type Buckets, openBuckets, s3Api } from './apis/s3.ts'
import { openSes, type SentMail } from './apis/ses.ts'
import { openTopics, type SentText, snsApi } from './apis/sns.ts'
import { sqsApi } from './apis/sqs.ts'
import { ssmApi } from './apis/ssm.ts'
import { statesApi } from './apis/states.ts'
import type { Api } from './aws/api.ts'
import type { BoxClock } from './box_clock.ts'
import type { Functions } from './functions/functions.ts'
import type { Authority } from './iam/authority.ts'
import type { Plan } from './plan/resources.ts'
import {
  readBuckets,
  readFeedback,
  readIdentities,
  readKeys,
  readParameters,
  readQueues,
  readSubscriptions,
  readTopics,
} from './plan/stores.ts'
import type { Executions } from './sources/executions.ts'

/** People and carriers outside AWS, as a test wants them. */
export type World = {
  /** Addresses from which mail comes back. */
  readonly bouncing: Set<string>
  /** Numbers whose owners answered STOP. */
  readonly optedOut: Set<string>
  /** The applications of this machine answer functions with 503. */
  deaf: boolean
  /** The dice of the edge. */
  random: () => number
}

export type Stores = { readonly queues: Queues; readonly buckets: Buckets }

export function openStoresOf(plan: Plan, clock: BoxClock): Stores {
  return { queues: openQueues(readQueues(plan), clock), buckets: openBuckets(readBuckets(plan)) }
}

export type ApisOptions = Stores & {
  readonly plan: Plan
  readonly region: string
  readonly account: string
  readonly authority: Authority
  readonly functions: Functions
  readonly executions: Executions
  readonly emulator: Emulator
  readonly world: World
  readonly distributionTenants: DistributionTenants
  readonly keyValues: KeyValueStores
  readonly mailed: (mail: SentMail) => void
  readonly texted: (text: SentText) => void
}

export type Apis = { readonly byName: Readonly<Record<string, Api>>; close(): Promise<void> }

export async function openApis(options: ApisOptions): Promise<Apis> {
  const { plan, region, account, authority, queues, world } = options
  const topics = openTopics(readTopics(plan), readSubscriptions(plan), queues, authority)
  const ses = await openSes({
    region,
    account,
    identities: readIdentities(plan),
    feedback: readFeedback(plan),
    topics,
    bouncing: world.bouncing,
    sent: options.mailed,
  })
  return {
    byName: {
      dynamodb: dynamodbApi({
        emulator: options.emulator,
        tableArn: (name) => (name.startsWith('arn:') ? name : `arn:aws:dynamodb:${region}:${account}:table/${name}`),
      }),
      kms: kmsApi(readKeys(plan)),
      ssm: ssmApi(region, account, readParameters(plan)),
      sqs: sqsApi(queues),
      sns: snsApi({ topics, optedOut: world.optedOut, sent: options.texted }),
      ses: ses.api,
      states: statesApi(options.executions),
      lambda: lambdaApi(options.functions),
      s3: s3Api(options.buckets),
      cloudfront: options.distributionTenants.api,
      'cloudfront-keyvaluestore': keyValueStoresApi(options.keyValues),
    },
    close: ses.close,
  }
}
