/** The tables of docs/cost.md, out of what was measured, what is assumed, and the prices. */
import { FUNCTION_TABLE } from '../function_table.ts'
import { COGNITO, PRICES, type Price, type PriceName, READ_ON, type Region } from '../prices.ts'
import { addUsage, cognitoBill, computeBill, type Usage } from './bill.ts'
import { AS_DEPLOYED, ASSUMED, billedMilliseconds, cpuOf, type Measured, MONTH, type RequestCost, usageOf } from './workload.ts'

export const USERS = [10_000, 100_000, 1_000_000] as const
export const REGION: Region = 'eu-central-1'
const GOAL_USERS = 100_000

export type Tables = Readonly<Record<'a-month' | 'breakers' | 'measured' | 'assumed' | 'prices', string>>

export function renderTables(measured: Measured): Tables {
  return {
    'a-month': aMonth(measured),
    breakers: breakers(measured),
    measured: measuredTable(measured),
    assumed: assumedTable(),
    prices: pricesTable(),
  }
}

/** Puts each table between `<!-- name -->` and `<!-- /name -->`. */
export function withTables(document: string, tables: Tables): string {
  return Object.entries(tables).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`]
    const [from, to] = [text.indexOf(begin), text.indexOf(end)]
    if (from === -1 || to < from) throw new Error(`docs/cost.md has no place for the table "${name}"`)
    return `${text.slice(0, from + begin.length)}\n${table}\n${text.slice(to)}`
  }, document)
}

function aMonth(measured: Measured): string {
  const bills = USERS.map((users) => computeBill(usageOf(users, measured), REGION))
  const named = (Object.keys(PRICES) as PriceName[]).filter((name) => bills.some(({ lines }) => lines.some(({ price }) => price === name)))
  const rows = named.map((name) => [
    LABELS[name] ?? name,
    ...bills.map(({ lines }) => {
      const line = lines.find(({ price }) => price === name)
      return line ? dollars(line.billed) : '-'
    }),
  ])
  const total = bills.map(({ billed }) => `**${dollars(billed)}**`)
  const cheapest = USERS.map((users) => dollars(computeBill(usageOf(users, measured), 'us-east-1').billed))
  return table(
    ['', ...USERS.map((users) => `${count(users)} users`)],
    [
      ...rows,
      [`**the month, ${REGION}**`, ...total],
      ['for a thousand users', ...bills.map(({ billed }, index) => dollars((billed / (USERS[index] ?? 1)) * 1000))],
      ['the same without any allowance', ...bills.map(({ list }) => dollars(list))],
      ['the same in us-east-1', ...cheapest],
      ['Cognito, Essentials', ...USERS.map((users) => dollars(cognitoBill(users, 'essentials')))],
      ['Cognito, Lite', ...USERS.map((users) => dollars(cognitoBill(users, 'lite')))],
    ],
  )
}

/** More on top of the month with 100,000 users. */
function breakers(measured: Measured): string {
  const usual = usageOf(GOAL_USERS, measured)
  const base = computeBill(usual, REGION).billed
  const signIns = GOAL_USERS * MONTH.signIns
  const more = (usage: Usage): number => computeBill(usage, REGION).billed - base
  const plus = (usage: Usage): number => more(addUsage(usual, usage))
  const requests = usual.cloudfront_requests ?? 0
  const warm = (gigabytes: number) => ({ lambda_provisioned_gigabyte_seconds: gigabytes * 30 * 86_400 })
  const rows: readonly (readonly [string, string, number])[] = [
    [
      'tracing everything',
      'every request instead of one in a hundred',
      more(usageOf(GOAL_USERS, measured, { ...AS_DEPLOYED, tracedShare: 1 })),
    ],
    ['metrics by tenant', '10 metrics for each of 1,000 tenants', plus({ metrics: 10_000 })],
    ['WAF', 'one web ACL, four rules', plus({ waf_acls: 1, waf_rules: 4, waf_requests: requests })],
    ['a code by mail at each sign-in', `${count(signIns)} mails more`, plus(mailed(signIns, measured))],
    ['a code by text message at each sign-in', `${count(signIns)} messages, to Germany`, plus({ sns_texts: signIns })],
    [
      'the line of each start and end of a call',
      "Lambda's system log at INFO",
      more(usageOf(GOAL_USERS, measured, { ...AS_DEPLOYED, platformLogBytes: 560 })),
    ],
    ['provisioned concurrency', '2 of authorize and 2 of token kept warm', plus(warm(2 * 1 + 2 * 0.5))],
    [
      'every registration approved in two levels',
      `10,000 of them, ${TRANSITIONS} transitions each`,
      plus({ states_transitions: 10_000 * TRANSITIONS }),
    ],
    [
      'a second region',
      'every write unit again, storage twice',
      plus({ dynamodb_replicated_write_units: usual.dynamodb_write_units ?? 0, dynamodb_storage: usual.dynamodb_storage ?? 0 }),
    ],
    ['ten years of audit records', 'instead of one', plus(auditOf(9, measured))],
  ]
  return table(
    ['What', 'How much of it', `More a month at ${count(GOAL_USERS)} users`],
    rows.map(([what, how, cost]) => [what, how, dollars(cost)]),
  )
}

/** Of `approval.asl.json` when both levels decide without a reminder: five states a level, and the beginning and the end. */
const TRANSITIONS = 14

function mailed(mails: number, measured: Measured): Usage {
  return {
    ses_mails: mails,
    ses_gigabytes: (mails * measured.mail.bytes) / 1024 ** 3,
    sqs_requests: mails * ASSUMED.queueRequestsPerMail,
    dynamodb_write_units: mails * measured.mail.writeUnits,
    dynamodb_read_units: mails * measured.mail.readUnits,
    lambda_requests: mails,
  }
}

function auditOf(years: number, { signIn, refresh }: Measured): Usage {
  const bytes = GOAL_USERS * (MONTH.signIns * signIn.lastingBytes + MONTH.refreshes * refresh.lastingBytes) * 12 * years
  return { dynamodb_storage: bytes / 1024 ** 3, dynamodb_recovery: bytes / 1024 ** 3 }
}

function measuredTable({ signIn, refresh, userBytes, relay, mail }: Measured): string {
  const rows = [
    ...signIn.requests.map((request, index) => requestRow(`sign-in, request ${index + 1}`, request)),
    ...refresh.requests.map((request) => requestRow('refresh', request)),
  ]
  const acts = Object.entries({ 'sign-in': signIn, refresh }).map(
    ([name, act]) =>
      `${name}: ${act.writeUnits} write and ${act.readUnits} read units with relay's records, ${act.events} events, ${act.lastingBytes} bytes that stay and ${act.passingBytes} that expire`,
  )
  return `${table(['', 'function', 'ms, the apps', 'ms, the bundle', 'table calls', 'billed ms', 'bytes in', 'bytes out', 'log bytes'], rows)}

- ${acts.join('\n- ')}
- a user: ${userBytes} bytes; relay: ${relay.cpuMilliseconds} ms and ${relay.tableCalls} call for each event; a mail: ${mail.writeUnits} write and ${mail.readUnits} read units`
}

function requestRow(name: string, request: RequestCost): string[] {
  const { cpuMilliseconds, bundleMilliseconds, tableCalls, requestBytes, responseBytes, logBytes } = request
  const billed = billedMilliseconds(FUNCTION_TABLE[request.function].megabytes, cpuOf(request), tableCalls)
  const numbers = [
    cpuMilliseconds.toFixed(2),
    bundleMilliseconds?.toFixed(2) ?? '-',
    tableCalls,
    billed,
    requestBytes,
    responseBytes,
    logBytes,
  ]
  return [name, `\`${request.function}\``, ...numbers.map(String)]
}

const ASSUMPTIONS: Readonly<Partial<Record<keyof typeof ASSUMED, string>>> = {
  slowerBy: 'times slower is a core of Lambda, with colder code, than the one that measured',
  hashMilliseconds: 'ms of a core for one Argon2id hash (19 MiB), before that factor',
  coreMegabytes: 'MB of memory buy one core; less buy a share',
  tableMilliseconds: 'ms of waiting for each call of DynamoDB, one after the other',
  tableCpuMilliseconds: 'ms of a core to sign and read it',
  coldShare: 'of all calls begin a container, whose start is billed',
  initMilliseconds: 'ms of start',
  tracedShare: 'of all requests are traced',
  keyReads: 'reads of the key-value store for each request',
  wireBytes: 'bytes of headers that are not counted here, each way',
  queueIdleRequests: 'requests a month with which Lambda looks into two empty queues',
  busyShare: 'of the day holds all of it: how many events relay gets at once',
  auditMonths: 'months of audit records lie in the table',
  logMonths: 'months of logs are kept',
}

function assumedTable(): string {
  return table(
    ['Assumed', ''],
    Object.entries(ASSUMPTIONS).map(([name, text]) => [String(Math.round(ASSUMED[name as keyof typeof ASSUMED] * 1000) / 1000), text]),
  )
}

function pricesTable(): string {
  const used = (Object.keys(PRICES) as PriceName[]).filter((name) => LABELS[name] !== undefined)
  const rows = used.map((name) => {
    const { dollars: usd, frankfurt = usd, per, unit, free = 0, source }: Price = PRICES[name]
    return [
      `${per === 1 ? '' : `${count(per)} `}${unit}`,
      `$${frankfurt}`,
      `$${usd}`,
      free === 0 ? '-' : count(free),
      `[source](${source})`,
    ]
  })
  return `${table(['For', 'eu-central-1', 'us-east-1', 'free each month', ''], rows)}

Read on ${READ_ON}. Cognito: [source](${COGNITO.source}), Essentials $0.015 a user after the first 10,000; Lite $0.0055, after 100,000 $0.0046.`
}

const LABELS: Readonly<Partial<Record<PriceName, string>>> = {
  lambda_requests: 'Lambda requests',
  lambda_gigabyte_seconds: 'Lambda duration, starts included',
  dynamodb_write_units: 'DynamoDB writes',
  dynamodb_read_units: 'DynamoDB reads',
  dynamodb_storage: 'DynamoDB storage',
  dynamodb_recovery: 'point-in-time recovery',
  cloudfront_requests: 'CloudFront requests',
  cloudfront_gigabytes: 'CloudFront transfer',
  cloudfront_gigabytes_to_functions: 'transfer to the functions',
  cloudfront_function_calls: 'front door',
  cloudfront_key_value_reads: 'key-value reads',
  ses_mails: 'SES mails',
  ses_gigabytes: 'SES data',
  sqs_requests: 'SQS',
  kms_keys: 'KMS key',
  kms_requests: 'KMS requests',
  logs_ingested: 'logs, written',
  logs_kept: 'logs, kept',
  alarms: 'alarms',
  route53_zones: 'Route 53 zone',
  xray_traces: 'traces',
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(head), `|${head.map((_, index) => (index === 0 ? '---' : '---:')).join('|')}|`, ...rows.map(line)].join('\n')
}

function dollars(amount: number): string {
  if (amount === 0) return '0'
  if (amount < 0.005) return '<0.01'
  return amount < 1000 ? amount.toFixed(2) : count(Math.round(amount))
}

function count(amount: number): string {
  return amount.toLocaleString('en-US')
}
