/** From users to a month's usage: what the issue says people do, what one act was measured to take, and what is assumed. */
import { FUNCTION_TABLE } from '../function_table.ts'
import type { Usage } from './bill.ts'

/** Of one kind of request, as measured on a real house over the embedded store. */
export type RequestCost = {
  readonly function: 'authorize' | 'token'
  /** Processor time of a warm request on one core, without the password's hash. */
  readonly cpuMilliseconds: number
  /** Of the deployed bundle, hash and the client of DynamoDB included; absent: computed from the others. */
  readonly bundleMilliseconds?: number
  readonly hashes: number
  readonly tableCalls: number
  readonly requestBytes: number
  readonly responseBytes: number
  readonly logBytes: number
}

/** Of one act of a person, its requests and what relay does for it included. */
export type ActCost = {
  readonly requests: readonly RequestCost[]
  readonly readUnits: number
  readonly writeUnits: number
  /** Items that the stream hands to relay. */
  readonly events: number
  /** Of items that expire within a month or so, and of those that stay. */
  readonly passingBytes: number
  readonly lastingBytes: number
}
export type Measured = {
  readonly signIn: ActCost
  readonly refresh: ActCost
  readonly userBytes: number
  readonly relay: { readonly cpuMilliseconds: number; readonly tableCalls: number }
  readonly mail: { readonly bytes: number; readonly writeUnits: number; readonly readUnits: number }
}

export const MONTH = { signIns: 8, refreshes: 30, mails: 0.5 } as const

/** What no bundle on this machine can tell. Each leans to the dear side. */
export const ASSUMED = {
  /** One full core at this memory (AWS); below it a share. */
  coreMegabytes: 1769,
  /** A core of Lambda's Graviton, and code that is less warm than here, take so many times the processor time measured here. */
  slowerBy: 2,
  /** Argon2id, 19 MiB, on one core; before `slowerBy`. */
  hashMilliseconds: 15,
  tableMilliseconds: 4,
  /** To sign and read one call of DynamoDB. */
  tableCpuMilliseconds: 0.4,
  coldShare: 0.01,
  initMilliseconds: 300,
  /** Lambda's own lines of a call that went well are switched off; CloudWatch counts so many bytes for each line itself. */
  platformLogBytes: 0,
  logLineOverheadBytes: 26,
  /** Of the front door: its own settings, and the host. */
  keyReads: 2,
  /** Headers that CloudFront and TLS add, each way. */
  wireBytes: 900,
  /** Send, receive, delete. */
  queueRequestsPerMail: 3,
  /** Two queues, five pollers each, three empty looks a minute. */
  queueIdleRequests: 2 * 5 * 3 * 60 * 24 * 30,
  tracedShare: 0.01,
  /** The busiest third of the day holds everything. */
  busyShare: 1 / 3,
  /** A stream's shard is looked at so often. */
  looksPerSecond: 4,
  itemOverheadBytes: 100,
  auditMonths: 12,
  logMonths: 3,
  /** Kept logs are compressed to so much. */
  compressed: 0.2,
} as const

const GB = 1024 ** 3
const MONTH_SECONDS = 30 * 86_400

export type Choices = {
  readonly tracedShare: number
  readonly platformLogBytes: number
  readonly alarms: number
}

/** As `infra/` deploys production. */
export const AS_DEPLOYED: Choices = { tracedShare: ASSUMED.tracedShare, platformLogBytes: ASSUMED.platformLogBytes, alarms: 18 }

export function usageOf(users: number, measured: Measured, choices: Choices = AS_DEPLOYED): Usage {
  const acts: readonly (readonly [number, ActCost])[] = [
    [users * MONTH.signIns, measured.signIn],
    [users * MONTH.refreshes, measured.refresh],
  ]
  const mails = users * MONTH.mails
  const total = (of: (act: ActCost) => number): number => acts.reduce((sum, [count, act]) => sum + count * of(act), 0)
  const each = (of: (request: RequestCost) => number): number =>
    total(({ requests }) => requests.reduce((sum, request) => sum + of(request), 0))

  const requests = each(() => 1)
  const events = total((act) => act.events)
  const relayCalls = events / relayBatch(events)
  const deliverCalls = mails
  const calls = requests + relayCalls + deliverCalls
  const gbSeconds =
    each((request) => gbSecondsOf(FUNCTION_TABLE[request.function].megabytes, cpuOf(request), request.tableCalls)) +
    events * gbSecondsOf(FUNCTION_TABLE.relay.megabytes, relayCpu(measured), measured.relay.tableCalls) +
    deliverCalls * gbSecondsOf(FUNCTION_TABLE.deliver.megabytes, 2, 10)
  const initGbSeconds = calls * ASSUMED.coldShare * (ASSUMED.initMilliseconds / 1000) * (FUNCTION_TABLE.authorize.megabytes / 1024)
  const lineBytes = each((request) => request.logBytes + ASSUMED.logLineOverheadBytes) + calls * choices.platformLogBytes
  const stored = users * measured.userBytes + total((act) => act.passingBytes) + ASSUMED.auditMonths * total((act) => act.lastingBytes)
  return {
    lambda_requests: calls,
    lambda_gigabyte_seconds: gbSeconds + initGbSeconds,
    dynamodb_write_units: total((act) => act.writeUnits) + mails * measured.mail.writeUnits,
    dynamodb_read_units: total((act) => act.readUnits) + mails * measured.mail.readUnits,
    dynamodb_storage: stored / GB,
    dynamodb_recovery: stored / GB,
    cloudfront_requests: requests,
    cloudfront_gigabytes: each((request) => request.responseBytes + ASSUMED.wireBytes) / GB,
    cloudfront_gigabytes_to_functions: each((request) => request.requestBytes + ASSUMED.wireBytes) / GB,
    cloudfront_function_calls: requests,
    cloudfront_key_value_reads: requests * ASSUMED.keyReads,
    ses_mails: mails,
    ses_gigabytes: (mails * measured.mail.bytes) / GB,
    sqs_requests: mails * ASSUMED.queueRequestsPerMail + ASSUMED.queueIdleRequests,
    kms_keys: 1,
    kms_requests: calls * ASSUMED.coldShare,
    logs_ingested: lineBytes / GB,
    logs_kept: (lineBytes * ASSUMED.logMonths * ASSUMED.compressed) / GB,
    alarms: choices.alarms,
    xray_traces: requests * choices.tracedShare,
    route53_zones: 1,
  }
}

function relayCpu({ relay }: Measured): number {
  return relay.cpuMilliseconds + relay.tableCalls * ASSUMED.tableCpuMilliseconds
}

/** As long as the processor's share of a core takes, and the waiting for the table. */
export function billedMilliseconds(megabytes: number, cpuMilliseconds: number, tableCalls: number): number {
  const share = Math.min(1, megabytes / ASSUMED.coreMegabytes)
  const busy = (cpuMilliseconds * ASSUMED.slowerBy) / share
  return Math.ceil(busy + tableCalls * ASSUMED.tableMilliseconds)
}

function gbSecondsOf(megabytes: number, cpuMilliseconds: number, tableCalls: number): number {
  return (billedMilliseconds(megabytes, cpuMilliseconds, tableCalls) / 1000) * (megabytes / 1024)
}

/** Of one core, before it is made slower. */
export function cpuOf({ bundleMilliseconds, cpuMilliseconds, hashes, tableCalls }: RequestCost): number {
  return bundleMilliseconds ?? cpuMilliseconds + hashes * ASSUMED.hashMilliseconds + tableCalls * ASSUMED.tableCpuMilliseconds
}

/** How many events come together: what a shard gathers between two looks, in the busy hours. */
export function relayBatch(eventsAMonth: number): number {
  const perSecond = eventsAMonth / (MONTH_SECONDS * ASSUMED.busyShare)
  return Math.min(25, Math.max(1, perSecond / ASSUMED.looksPerSecond))
}
