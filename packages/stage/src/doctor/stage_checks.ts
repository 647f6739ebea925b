/** What belongs to one stage: its addresses, table, mail domain, alarms, and what its inside knows. */
import { clientSettings } from '../clients.ts'
import { invoke } from '../invoke.ts'
import type { StageOutputs } from '../outputs.ts'
import { asking } from '../refusal.ts'
import { CERTIFICATE_DAYS, lookAt } from './ask.ts'
import { CERTIFICATE_CHECKS } from './certificate_checks.ts'
import type { Check, Finding } from './check.ts'
import { lookAtDistribution } from './distribution.ts'
import { signInProblem } from './sign_in_problem.ts'

const DAY = 86_400_000
const DOOR_SECRET_DAYS = 90
const INSIDE_CLOCK_SECONDS = 30

export const STAGE_CHECKS: readonly Check<StageOutputs>[] = [
  {
    name: 'Hosted sign-in',
    asked: 'GET {issuer}/.well-known/openid-configuration',
    good: `answers for this issuer, with a certificate that is good for ${CERTIFICATE_DAYS} days and more`,
    todo: 'a name that is not found or a certificate for another name: the DNS records of docs/deploy.md, step 4; 403 or 503: "gatehouse logs"; after a first deployment CloudFront takes up to 15 minutes',
    look: ({ issuer }) =>
      lookAt(`${issuer}/.well-known/openid-configuration`, issuer, (status, text) => signInProblem(issuer, status, text)),
  },
  {
    name: 'CloudFront distribution',
    asked: 'cloudfront:GetDistribution',
    good: 'enabled and deployed everywhere',
    todo: 'InProgress: wait up to 15 minutes. "Your account must be verified" at deployment: a support case "CloudFront, account verification", free, about a day; then deploy again',
    look: ({ distribution, region }) => lookAtDistribution(distribution, region),
  },
  ...CERTIFICATE_CHECKS,
  {
    name: 'Domains of tenants',
    asked: 'cloudfront:ListDistributionTenants',
    good: 'every domain is active: it is proved, and its certificate is there',
    todo: '"gatehouse domain verify HOST" at its tenant says which DNS record is missing',
    look: hosts,
  },
  {
    name: 'Mail: domain',
    asked: 'ses:GetEmailIdentity',
    good: 'the domain is verified, DKIM SUCCESS',
    todo: 'set the three CNAME records that the deployment prints (docs/deploy.md, step 3); SES looks for up to 72 hours',
    async look({ mailDomain, region }) {
      if (mailDomain === undefined) return { state: 'look', found: 'this stage has no mail domain: it sends from a verified address only' }
      const { SESv2Client, GetEmailIdentityCommand } = await import('@aws-sdk/client-sesv2')
      const client = new SESv2Client(clientSettings(region))
      const identity = await asking('read the mail domain', () => client.send(new GetEmailIdentityCommand({ EmailIdentity: mailDomain })))
      const verified = identity.VerifiedForSendingStatus === true && identity.DkimAttributes?.Status === 'SUCCESS'
      const found = `${mailDomain}: ${identity.VerifiedForSendingStatus ? 'verified' : 'not verified'}, DKIM ${identity.DkimAttributes?.Status ?? 'NOT_STARTED'}`
      return { state: verified ? 'good' : 'bad', found }
    },
  },
  {
    name: 'Text messages: sender',
    asked: 'sns:ListOriginationNumbers',
    good: 'a registered number, or a sender id that the countries in use accept',
    todo: 'register a number or a sender id under "AWS End User Messaging SMS" for each country in use: days to weeks, some countries cost monthly',
    look: textSender,
  },
  {
    name: 'Table',
    asked: 'dynamodb:DescribeTable, dynamodb:DescribeContinuousBackups, dynamodb:DescribeTimeToLive',
    good: 'active, deletion protection, point-in-time recovery, expiry and stream on (a personal stage needs no protection)',
    todo: 'deploy the stage again: what was switched off by hand is switched on',
    look: table,
  },
  {
    name: 'Alarms',
    asked: 'cloudwatch:DescribeAlarms',
    good: 'there are alarms, and none is on',
    todo: 'docs/operations.md has a section for each',
    async look({ alarmPrefix, region }) {
      const { CloudWatchClient, DescribeAlarmsCommand } = await import('@aws-sdk/client-cloudwatch')
      const client = new CloudWatchClient(clientSettings(region))
      const { MetricAlarms = [] } = await asking('read the alarms', () =>
        client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: alarmPrefix, MaxRecords: 100 })),
      )
      const on = MetricAlarms.filter(({ StateValue }) => StateValue === 'ALARM').map(({ AlarmName = '' }) =>
        AlarmName.slice(alarmPrefix.length),
      )
      if (on.length > 0) return { state: 'bad', found: `on: ${on.join(', ')}` }
      return MetricAlarms.length > 0
        ? { state: 'good', found: `${MetricAlarms.length}, none on` }
        : { state: 'look', found: 'this stage has none' }
    },
  },
  {
    name: 'Dead letters',
    asked: 'sqs:GetQueueAttributes',
    good: 'nothing waits',
    todo: 'read why in "gatehouse logs --function deliver", mend it, then start the redrive in the SQS console (docs/operations.md, dead letters)',
    look: deadLetters,
  },
  {
    name: 'Door secret',
    asked: 'the outputs of the stage',
    good: `younger than ${DOOR_SECRET_DAYS} days`,
    todo: 'rotate it: docs/operations.md, door secret',
    async look({ doorSecretSince }) {
      if (doorSecretSince === undefined) return { state: 'look', found: 'the stage does not say how old it is' }
      const days = Math.floor((Date.now() - Date.parse(doorSecretSince)) / DAY)
      return { state: days <= DOOR_SECRET_DAYS ? 'good' : 'look', found: `${days} days old` }
    },
  },
  {
    name: 'Inside',
    asked: 'lambda:InvokeFunction of operate, {"action":"check"}',
    good: 'the table is read, the vault opens what it sealed, its clock is ours',
    todo: 'the key of the vault must be enabled, and the function’s role as it was deployed: deploy again, then "gatehouse logs --function operate"',
    look: inside,
  },
]

async function hosts({ hostsDistribution, region }: StageOutputs): Promise<Finding> {
  if (hostsDistribution === undefined) return { state: 'good', found: 'this stage takes none' }
  const { CloudFrontClient, paginateListDistributionTenants } = await import('@aws-sdk/client-cloudfront')
  const client = new CloudFrontClient(clientSettings(region))
  const pages = paginateListDistributionTenants({ client, pageSize: 100 }, { AssociationFilter: { DistributionId: hostsDistribution } })
  const domains = await asking('list the domains of tenants', async () => {
    const found: { readonly name: string; readonly active: boolean }[] = []
    for await (const page of pages)
      for (const { Domains = [], Enabled } of page.DistributionTenantList ?? [])
        found.push(...Domains.map(({ Domain = '', Status }) => ({ name: Domain, active: Enabled === true && Status === 'active' })))
    return found
  })
  const waiting = domains.filter(({ active }) => !active).map(({ name }) => name)
  if (waiting.length > 0) return { state: 'look', found: `${domains.length}, not active: ${waiting.join(', ')}` }
  return { state: 'good', found: domains.length === 0 ? 'none yet' : `${domains.length}, all active` }
}

async function textSender({ textSender: sender, region }: StageOutputs): Promise<Finding> {
  if (sender === undefined) return { state: 'look', found: 'this stage sends no text messages from a sender of its own' }
  if (!sender.startsWith('+'))
    return { state: 'look', found: `sender id ${sender}: whether a country accepts it only its registration says` }
  const { SNSClient, ListOriginationNumbersCommand } = await import('@aws-sdk/client-sns')
  const client = new SNSClient(clientSettings(region))
  const { PhoneNumbers = [] } = await asking('list the numbers of the account', () => client.send(new ListOriginationNumbersCommand({})))
  const mine = PhoneNumbers.find(({ PhoneNumber }) => PhoneNumber === sender)
  if (!mine) return { state: 'bad', found: `${sender} is not a number of this account` }
  return { state: mine.Status?.toUpperCase() === 'ACTIVE' ? 'good' : 'look', found: `${sender}: ${mine.Status ?? 'without a status'}` }
}

async function table({ table: name, region }: StageOutputs): Promise<Finding> {
  const { DynamoDBClient, DescribeTableCommand, DescribeContinuousBackupsCommand, DescribeTimeToLiveCommand } = await import(
    '@aws-sdk/client-dynamodb'
  )
  const client = new DynamoDBClient(clientSettings(region))
  const asked = { TableName: name }
  const [described, backups, expiry] = await asking('describe the table', () =>
    Promise.all([
      client.send(new DescribeTableCommand(asked)),
      client.send(new DescribeContinuousBackupsCommand(asked)),
      client.send(new DescribeTimeToLiveCommand(asked)),
    ]),
  )
  const { TableStatus, DeletionProtectionEnabled, StreamSpecification } = described.Table ?? {}
  const recovery = backups.ContinuousBackupsDescription?.PointInTimeRecoveryDescription?.PointInTimeRecoveryStatus
  const needed = {
    stream: StreamSpecification?.StreamEnabled === true,
    expiry: expiry.TimeToLiveDescription?.TimeToLiveStatus === 'ENABLED',
  }
  const wanted = { 'deletion protection': DeletionProtectionEnabled === true, 'point-in-time recovery': recovery === 'ENABLED' }
  const off = Object.entries({ ...needed, ...wanted }).flatMap(([what, on]) => (on ? [] : [what]))
  if (TableStatus !== 'ACTIVE') return { state: 'bad', found: `${name} is ${TableStatus}` }
  if (off.length === 0) return { state: 'good', found: `${name}, all on` }
  return { state: Object.values(needed).every(Boolean) ? 'look' : 'bad', found: `${name}, off: ${off.join(', ')}` }
}

async function deadLetters({ deadLetterQueues, region }: StageOutputs): Promise<Finding> {
  const { SQSClient, GetQueueAttributesCommand } = await import('@aws-sdk/client-sqs')
  // The endpoint is AWS's own for this region, not whatever host a parameter names.
  const client = new SQSClient({ ...clientSettings(region), useQueueUrlAsEndpoint: false })
  const waiting = await Promise.all(
    Object.entries(deadLetterQueues).map(async ([name, QueueUrl]) => {
      const { Attributes } = await asking(`look into the queue of dead ${name}`, () =>
        client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['ApproximateNumberOfMessages'] })),
      )
      return { name, count: Number(Attributes?.ApproximateNumberOfMessages ?? 0) }
    }),
  )
  const found = waiting.map(({ name, count }) => `${name} ${count}`).join(', ')
  return { state: waiting.every(({ count }) => count === 0) ? 'good' : 'bad', found: found === '' ? 'no queues' : found }
}

async function inside(outputs: StageOutputs): Promise<Finding> {
  const facts = await invoke(outputs, 'operate', { action: 'check' })
  return insideFinding(facts, Date.now())
}

/** Of `HouseFacts`, as the function answered them. */
export function insideFinding(facts: unknown, now: number): Finding {
  if (facts === null || typeof facts !== 'object' || !('clock' in facts && 'table' in facts && 'vault' in facts))
    return { state: 'unknown', found: 'the function operate answers as another version would: deploy the stage again' }
  const { clock, table: read, vault } = facts
  const parts = { table: read, vault }
  const wrong = Object.entries(parts).flatMap(([name, fact]) => (isGood(fact) ? [] : [`${name}: ${foundIn(fact)}`]))
  const off = Math.round((Number(clock) - now) / 1000)
  if (Math.abs(off) > INSIDE_CLOCK_SECONDS) wrong.push(`clock: ${Math.abs(off)} s ${off > 0 ? 'ahead of' : 'behind'} this machine`)
  if (wrong.length > 0) return { state: 'bad', found: wrong.join('; ') }
  return {
    state: 'good',
    found: Object.entries(parts)
      .map(([name, fact]) => `${name} ${foundIn(fact)}`)
      .join(', '),
  }
}

function isGood(fact: unknown): boolean {
  return fact !== null && typeof fact === 'object' && 'good' in fact && fact.good === true
}

function foundIn(fact: unknown): string {
  return fact !== null && typeof fact === 'object' && 'found' in fact ? String(fact.found) : 'nothing'
}
