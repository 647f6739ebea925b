/**
 * What AWS asks, in dollars, as its pricing pages had it on the day below, in us-east-1 (Frankfurt is 5 to 25 % dearer). Shared by the cost of
 * a month (`docs/cost.md`) and the idle cost that the plan's test computes. Free tiers that end after a year are not counted.
 */

export const READ_ON = '2026-11-26'

export type Price = {
  readonly dollars: number
  /** In eu-central-1, where it is dearer there. */
  readonly frankfurt?: number
  /** What one pays for: `dollars` per so many. */
  readonly per: number
  readonly unit: string
  /** So many a month cost nothing, for ever. Once per account, not per stage. */
  readonly free?: number
  readonly source: string
}

const MILLION = 1_000_000

const SOURCES = {
  cloudfront: 'https://aws.amazon.com/cloudfront/pricing/',
  cloudwatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  dynamodb: 'https://aws.amazon.com/dynamodb/pricing/on-demand/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  route53: 'https://aws.amazon.com/route53/pricing/',
  s3: 'https://aws.amazon.com/s3/pricing/',
  ses: 'https://aws.amazon.com/ses/pricing/',
  sns: 'https://aws.amazon.com/sns/pricing/',
  texts: 'https://aws.amazon.com/sns/sms-pricing/',
  sqs: 'https://aws.amazon.com/sqs/pricing/',
  ssm: 'https://aws.amazon.com/systems-manager/pricing/',
  states: 'https://aws.amazon.com/step-functions/pricing/',
  waf: 'https://aws.amazon.com/waf/pricing/',
  xray: 'https://aws.amazon.com/xray/pricing/',
} as const

export const PRICES = {
  lambda_requests: { dollars: 0.2, per: MILLION, unit: 'requests', free: MILLION, source: SOURCES.lambda },
  lambda_gigabyte_seconds: {
    dollars: 13.3334,
    per: MILLION,
    unit: 'GB-seconds on arm64, initialisation too',
    free: 400_000,
    source: SOURCES.lambda,
  },
  lambda_provisioned_gigabyte_seconds: { dollars: 3.3334, per: MILLION, unit: 'GB-seconds kept warm on arm64', source: SOURCES.lambda },
  dynamodb_write_units: { dollars: 0.625, frankfurt: 0.7625, per: MILLION, unit: 'write units', source: SOURCES.dynamodb },
  dynamodb_read_units: { dollars: 0.125, frankfurt: 0.1525, per: MILLION, unit: 'read units', source: SOURCES.dynamodb },
  dynamodb_storage: { dollars: 0.25, frankfurt: 0.306, per: 1, unit: 'GB-months', free: 25, source: SOURCES.dynamodb },
  dynamodb_recovery: {
    dollars: 0.2,
    frankfurt: 0.2448,
    per: 1,
    unit: 'GB-months of the table, to any second of 35 days',
    source: SOURCES.dynamodb,
  },
  dynamodb_replicated_write_units: {
    dollars: 0.625,
    frankfurt: 0.7625,
    per: MILLION,
    unit: 'write units in the other region',
    source: SOURCES.dynamodb,
  },
  cloudfront_requests: { dollars: 1, frankfurt: 1.2, per: MILLION, unit: 'HTTPS requests', free: 10 * MILLION, source: SOURCES.cloudfront },
  cloudfront_gigabytes: { dollars: 0.085, per: 1, unit: 'GB to people', free: 1024, source: SOURCES.cloudfront },
  cloudfront_gigabytes_to_functions: { dollars: 0.02, per: 1, unit: 'GB from people to the functions', source: SOURCES.cloudfront },
  cloudfront_function_calls: { dollars: 0.1, per: MILLION, unit: 'calls of the front door', free: 2 * MILLION, source: SOURCES.cloudfront },
  cloudfront_key_value_reads: {
    dollars: 0.03,
    per: MILLION,
    unit: 'reads of the key-value store',
    free: 2 * MILLION,
    source: SOURCES.cloudfront,
  },
  states_transitions: { dollars: 25, per: MILLION, unit: 'state transitions', free: 4_000, source: SOURCES.states },
  sqs_requests: { dollars: 0.4, per: MILLION, unit: 'requests', free: MILLION, source: SOURCES.sqs },
  sns_publishes: { dollars: 0.5, per: MILLION, unit: 'publishes', free: MILLION, source: SOURCES.sns },
  sns_texts: { dollars: 0.1, per: 1, unit: 'text messages to Germany; by country from 0.01 to 0.3', source: SOURCES.texts },
  ses_mails: { dollars: 0.1, per: 1_000, unit: 'mails', source: SOURCES.ses },
  ses_gigabytes: { dollars: 0.12, per: 1, unit: 'GB of mail', source: SOURCES.ses },
  kms_keys: { dollars: 1, per: 1, unit: 'key-months', source: SOURCES.kms },
  kms_requests: { dollars: 0.03, per: 10_000, unit: 'requests', free: 20_000, source: SOURCES.kms },
  ssm_parameters: { dollars: 0, per: 1, unit: 'standard parameters', source: SOURCES.ssm },
  logs_ingested: { dollars: 0.5, frankfurt: 0.63, per: 1, unit: 'GB written', free: 5, source: SOURCES.cloudwatch },
  logs_kept: { dollars: 0.03, frankfurt: 0.0324, per: 1, unit: 'GB-months', free: 5, source: SOURCES.cloudwatch },
  alarms: { dollars: 0.1, per: 1, unit: 'alarm-months', free: 10, source: SOURCES.cloudwatch },
  metrics: { dollars: 0.3, per: 1, unit: 'custom metric-months', free: 10, source: SOURCES.cloudwatch },
  s3_storage: { dollars: 0.023, frankfurt: 0.0245, per: 1, unit: 'GB-months', source: SOURCES.s3 },
  s3_writes: { dollars: 0.005, frankfurt: 0.0054, per: 1_000, unit: 'PUT and LIST requests', source: SOURCES.s3 },
  route53_zones: { dollars: 0.5, per: 1, unit: 'zone-months', source: SOURCES.route53 },
  waf_acls: { dollars: 5, per: 1, unit: 'web ACL-months', source: SOURCES.waf },
  waf_rules: { dollars: 1, per: 1, unit: 'rule-months', source: SOURCES.waf },
  waf_requests: { dollars: 0.6, per: MILLION, unit: 'requests', source: SOURCES.waf },
  xray_traces: { dollars: 5, per: MILLION, unit: 'traces', free: 100_000, source: SOURCES.xray },
} as const satisfies Readonly<Record<string, Price>>

/** Amazon Cognito's user pools, people who sign in there themselves: what each further active user of a month costs from that count on. */
export const COGNITO = {
  source: 'https://aws.amazon.com/cognito/pricing/',
  essentials: [
    { from: 0, dollars: 0 },
    { from: 10_000, dollars: 0.015 },
  ],
  lite: [
    { from: 0, dollars: 0 },
    { from: 10_000, dollars: 0.0055 },
    { from: 100_000, dollars: 0.0046 },
    { from: 1_000_000, dollars: 0.00325 },
    { from: 10_000_000, dollars: 0.0025 },
  ],
} as const

export type Region = 'eu-central-1' | 'us-east-1'

export type PriceName = keyof typeof PRICES

type CostOptions = {
  /** Whether the part that costs nothing for ever is taken off. */
  readonly free?: boolean
  readonly region?: Region
}

export function costOf(name: PriceName, amount: number, { free = true, region = 'us-east-1' }: CostOptions = {}): number {
  const price: Price = PRICES[name]
  const paid = free ? Math.max(0, amount - (price.free ?? 0)) : amount
  return (paid / price.per) * (region === 'eu-central-1' ? (price.frankfurt ?? price.dollars) : price.dollars)
}
