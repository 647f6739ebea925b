/** What a deployed house costs in a month in which nobody comes: from the plan, by the price table. */
import { costOf, type PriceName } from '../prices.ts'
import type { Plan, PlannedResource } from './plan.ts'

export type IdleLine = { readonly price: PriceName; readonly amount: number; readonly why: string; readonly dollars: number }

const DAYS = 30
const SECONDS_A_MONTH = DAYS * 86_400
/** Lambda asks an empty queue with five long polls of twenty seconds at a time. */
const POLLS_A_MONTH = (5 * SECONDS_A_MONTH) / 20
const GIGABYTE = 1024 ** 3
/** What a quiet sweep writes into its log: Lambda's own three lines and ours. */
const BYTES_OF_A_SWEEP = 2_048
const MILLISECONDS_OF_A_SWEEP = 400

type Counted = { readonly price: PriceName; readonly amount: number; readonly why: string }

/** Type of resource -> what it asks for while it waits. What is not here costs by use only. */
const WAITING: Readonly<Record<string, (resource: PlannedResource, plan: Plan) => Counted[]>> = {
  'aws:kms/key:Key': ({ name }) => [{ price: 'kms_keys', amount: 1, why: name }],
  'aws:kms/replicaKey:ReplicaKey': ({ name }) => [{ price: 'kms_keys', amount: 1, why: name }],
  'aws:cloudwatch/metricAlarm:MetricAlarm': ({ name }) => [{ price: 'alarms', amount: 1, why: name }],
  'aws:route53/zone:Zone': ({ name }) => [{ price: 'route53_zones', amount: 1, why: name }],
  'aws:wafv2/webAcl:WebAcl': ({ name, inputs }) => [
    { price: 'waf_acls', amount: 1, why: name },
    { price: 'waf_rules', amount: Array.isArray(inputs.rules) ? inputs.rules.length : 0, why: `rules of ${name}` },
  ],
  'aws:lambda/eventSourceMapping:EventSourceMapping': ({ name, inputs }) =>
    String(inputs.eventSourceArn).startsWith('arn:aws:sqs:')
      ? [{ price: 'sqs_requests', amount: POLLS_A_MONTH, why: `${name} asks an empty queue` }]
      : [],
  'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig': ({ name, inputs }, plan) => {
    const memory = plan.resources.find(({ id, type }) => type === 'aws:lambda/function:Function' && id === inputs.functionName)?.inputs
      .memorySize
    const gigabytes = (Number(memory) / 1024) * Number(inputs.provisionedConcurrentExecutions)
    return [{ price: 'lambda_provisioned_gigabyte_seconds', amount: gigabytes * SECONDS_A_MONTH, why: name }]
  },
  'aws:cloudwatch/eventRule:EventRule': ({ name, inputs }, plan) => {
    const minutes = /^rate\((\d+) minutes\)$/.exec(String(inputs.scheduleExpression ?? ''))?.[1]
    if (minutes === undefined) return []
    const calls = (DAYS * 24 * 60) / Number(minutes)
    const sweep = plan.resources.find(({ name: called }) => called === 'SweepFunction')
    const gigabyteSeconds = (Number(sweep?.inputs.memorySize) / 1024) * (MILLISECONDS_OF_A_SWEEP / 1000) * calls
    return [
      { price: 'lambda_requests', amount: calls, why: name },
      { price: 'lambda_gigabyte_seconds', amount: gigabyteSeconds, why: name },
      { price: 'logs_ingested', amount: (calls * BYTES_OF_A_SWEEP) / GIGABYTE, why: name },
      // a list of the tenants, and a look at each one's open requests
      { price: 'dynamodb_read_units', amount: calls * 2, why: name },
    ]
  },
}

/** One line for each price; what is free for ever is taken off once, as AWS does. */
export function idleCost(plan: Plan): { readonly lines: readonly IdleLine[]; readonly dollars: number } {
  const counted = plan.resources.flatMap((resource) => WAITING[resource.type]?.(resource, plan) ?? [])
  const prices = [...new Set(counted.map(({ price }) => price))]
  const lines = prices.map((price) => {
    const ofIt = counted.filter((one) => one.price === price)
    const amount = ofIt.reduce((sum, one) => sum + one.amount, 0)
    const why = ofIt.length === 1 ? (ofIt[0]?.why ?? '') : `${ofIt.length}, ${ofIt[0]?.why} among them`
    return { price, amount, why, dollars: costOf(price, amount) }
  })
  return { lines, dollars: lines.reduce((sum, line) => sum + line.dollars, 0) }
}
