/** The doctor at a stage: each question asked of AWS in its own protocol, well and ill. */
import { afterEach, expect, test } from 'vitest'
import { type AwsAnswer, type AwsLoopback, type AwsOperations, refused, startAwsLoopback } from '../../fixture/aws_loopback.ts'
import { openCertificateHouse } from '../../fixture/certificate_house.ts'
import { CERTIFICATE_ORIGIN } from '../../fixture/house_fixture.ts'
import { gatehouse, outputsOf, startStage } from './stage.ts'

type Row = { readonly name: string; readonly state: string; readonly found: string; readonly todo: string }

/** Nothing answers there: what the doctor says of that has a test of its own. */
const outputs = outputsOf('http://127.0.0.1:9/t/main')
const ADDRESSES = ['Hosted sign-in', 'Certificates: host']
const CHECK = 'POST /2015-03-31/functions/gatehouse-staging-operate-x1/invocations'
const sns = (action: string, inner: string) => ({
  body: `<${action}Response xmlns="http://sns.amazonaws.com/doc/2010-03-31/"><${action}Result>${inner}</${action}Result></${action}Response>`,
})
const distribution = (status: string) => ({
  body: `<Distribution><Id>E2EXAMPLE</Id><Status>${status}</Status><DistributionConfig><Enabled>true</Enabled><Aliases><Quantity>1</Quantity><Items><CNAME>*.id.example.org</CNAME></Items></Aliases></DistributionConfig></Distribution>`,
})

const certificates = (status: string, mode = 'passthrough', event = 'viewer-request') => ({
  body: `<Distribution><Id>E2CERTIFICATES</Id><Status>${status}</Status><DistributionConfig><Enabled>true</Enabled><Aliases><Quantity>1</Quantity><Items><CNAME>mtls.id.example.org</CNAME></Items></Aliases><DefaultCacheBehavior><FunctionAssociations><Quantity>1</Quantity><Items><FunctionAssociation><FunctionARN>arn:aws:cloudfront::123456789012:function/certificates</FunctionARN><EventType>${event}</EventType></FunctionAssociation></Items></FunctionAssociations></DefaultCacheBehavior><ViewerMtlsConfig><Mode>${mode}</Mode></ViewerMtlsConfig></DistributionConfig></Distribution>`,
})

const hosts = (status: string) => ({
  body: `<ListDistributionTenantsResult><DistributionTenantList><DistributionTenantSummary><Id>dt_1</Id><Enabled>true</Enabled><Domains><member><Domain>login.acme.example</Domain><Status>${status}</Status></member></Domains></DistributionTenantSummary></DistributionTenantList></ListDistributionTenantsResult>`,
})

const WELL: AwsOperations = {
  'GET /2016-08-19/account-settings': () => ({
    body: { AccountLimit: { ConcurrentExecutions: 1000, UnreservedConcurrentExecutions: 1000 } },
  }),
  'GET /v2/email/account': () => ({
    body: {
      ProductionAccessEnabled: true,
      SendingEnabled: true,
      EnforcementStatus: 'HEALTHY',
      SendQuota: { Max24HourSend: 50_000, SentLast24Hours: 12 },
    },
  }),
  'GET /v2/email/identities/mail.example.org': () => ({ body: { VerifiedForSendingStatus: true, DkimAttributes: { Status: 'SUCCESS' } } }),
  GetSMSSandboxAccountStatus: () => sns('GetSMSSandboxAccountStatus', '<IsInSandbox>false</IsInSandbox>'),
  GetSMSAttributes: () => sns('GetSMSAttributes', '<attributes><entry><key>MonthlySpendLimit</key><value>50</value></entry></attributes>'),
  ListOriginationNumbers: () =>
    sns(
      'ListOriginationNumbers',
      '<PhoneNumbers><member><PhoneNumber>+4930000000</PhoneNumber><Status>ACTIVE</Status></member></PhoneNumbers>',
    ),
  DescribeParameters: () => ({ body: { Parameters: [] } }),
  'GET /2020-05-31/distribution/E2EXAMPLE': () => distribution('Deployed'),
  'GET /2020-05-31/distribution/E2CERTIFICATES': () => certificates('Deployed'),
  'POST /2020-05-31/distribution-tenants': () => hosts('active'),
  DescribeTable: () => ({
    body: { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: true, StreamSpecification: { StreamEnabled: true } } },
  }),
  DescribeContinuousBackups: () => ({
    body: {
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: { PointInTimeRecoveryStatus: 'ENABLED' },
      },
    },
  }),
  DescribeTimeToLive: () => ({ body: { TimeToLiveDescription: { TimeToLiveStatus: 'ENABLED' } } }),
  DescribeAlarms: () => ({ body: { MetricAlarms: [{ AlarmName: 'gatehouse-staging-relay-age', StateValue: 'OK' }] } }),
  GetQueueAttributes: () => ({ body: { Attributes: { ApproximateNumberOfMessages: '0' } } }),
  [CHECK]: () => ({ body: { clock: Date.now(), table: { good: true, found: '3 ms' }, vault: { good: true, found: '2 ms' } } }),
}

let aws: AwsLoopback | undefined
afterEach(() => aws?.stop())

async function rows(operations: AwsOperations): Promise<Record<string, Row>> {
  aws = await startStage(outputs, { ...WELL, ...operations })
  return stageRows(aws)
}

/** The command ends with an error where something is bad. */
async function stageRows(at: AwsLoopback): Promise<Record<string, Row>> {
  const lines: string[] = []
  await gatehouse(at, ['doctor', '--json', '--stage', 'staging'], {}, lines).catch(() => {})
  const found = JSON.parse(lines.join('\n')) as Row[]
  return Object.fromEntries(found.map((row) => [row.name, row]))
}

test('a stage that is well is well in every row; only its addresses are not there', async () => {
  const found = await rows({})

  const ill = Object.values(found).filter(({ state }) => state !== 'good')
  expect(ill.map(({ name }) => name)).toEqual(ADDRESSES)
  for (const name of ADDRESSES) expect(found[name]).toMatchObject({ state: 'bad', found: expect.stringContaining('ECONNREFUSED') })
  expect(Object.keys(found)).toHaveLength(17)
  for (const { name, todo } of Object.values(found)) expect(`${name}: ${todo}`.length).toBeGreaterThan(30)
})

const ILL: readonly [what: string, operations: AwsOperations, name: string, state: string, found: RegExp][] = [
  [
    'a new account',
    { 'GET /2016-08-19/account-settings': () => ({ body: { AccountLimit: { ConcurrentExecutions: 10 } } }) },
    'Lambda concurrency',
    'bad',
    /^10 at once/,
  ],
  [
    'the mail sandbox',
    { 'GET /v2/email/account': () => ({ body: { SendingEnabled: true, SendQuota: { Max24HourSend: 200 } } }) },
    'Mail: production access',
    'bad',
    /^in the sandbox; 0 of 200/,
  ],
  [
    'paused mail',
    { 'GET /v2/email/account': () => ({ body: { SendingEnabled: false, EnforcementStatus: 'SHUTDOWN' } }) },
    'Mail: production access',
    'bad',
    /^sending is paused/,
  ],
  [
    'DKIM that waits',
    { 'GET /v2/email/identities/mail.example.org': () => ({ body: { DkimAttributes: { Status: 'PENDING' } } }) },
    'Mail: domain',
    'bad',
    /not verified, DKIM PENDING/,
  ],
  [
    'the text sandbox',
    { GetSMSSandboxAccountStatus: () => sns('GetSMSSandboxAccountStatus', '<IsInSandbox>true</IsInSandbox>') },
    'Text messages: sandbox',
    'look',
    /^in the sandbox/,
  ],
  [
    'no spend limit set',
    { GetSMSAttributes: () => sns('GetSMSAttributes', '<attributes></attributes>') },
    'Text messages: spend limit',
    'look',
    /^1 USD a month for the whole account/,
  ],
  [
    'a foreign sender',
    { ListOriginationNumbers: () => sns('ListOriginationNumbers', '<PhoneNumbers></PhoneNumbers>') },
    'Text messages: sender',
    'bad',
    /not a number of this account/,
  ],
  [
    'a slow distribution',
    { 'GET /2020-05-31/distribution/E2EXAMPLE': () => distribution('InProgress') },
    'CloudFront distribution',
    'look',
    /InProgress; \*\.id\.example\.org/,
  ],
  [
    'a slow distribution for certificates',
    { 'GET /2020-05-31/distribution/E2CERTIFICATES': () => certificates('InProgress') },
    'Certificates: distribution',
    'look',
    /^E2CERTIFICATES InProgress; mtls\.id\.example\.org$/,
  ],
  [
    'one that takes certificates of its own choice',
    { 'GET /2020-05-31/distribution/E2CERTIFICATES': () => certificates('Deployed', 'required') },
    'Certificates: distribution',
    'bad',
    /^E2CERTIFICATES asks for certificates in the mode required, not passthrough$/,
  ],
  [
    'one that asks for none',
    { 'GET /2020-05-31/distribution/E2CERTIFICATES': () => distribution('Deployed') },
    'Certificates: distribution',
    'bad',
    /in the mode none/,
  ],
  [
    'one that nothing of ours stands before',
    { 'GET /2020-05-31/distribution/E2CERTIFICATES': () => certificates('Deployed', 'passthrough', 'viewer-response') },
    'Certificates: distribution',
    'bad',
    /^E2CERTIFICATES has no function at the edge$/,
  ],
  [
    'a domain that waits',
    { 'POST /2020-05-31/distribution-tenants': () => hosts('inactive') },
    'Domains of tenants',
    'look',
    /^1, not active: login\.acme\.example$/,
  ],
  [
    'an open table',
    { DescribeTable: () => ({ body: { Table: { TableStatus: 'ACTIVE', StreamSpecification: { StreamEnabled: true } } } }) },
    'Table',
    'look',
    /off: deletion protection$/,
  ],
  [
    'a table without stream',
    { DescribeTable: () => ({ body: { Table: { TableStatus: 'ACTIVE', DeletionProtectionEnabled: true } } }) },
    'Table',
    'bad',
    /off: stream$/,
  ],
  [
    'an alarm',
    { DescribeAlarms: () => ({ body: { MetricAlarms: [{ AlarmName: 'gatehouse-staging-relay-age', StateValue: 'ALARM' }] } }) },
    'Alarms',
    'bad',
    /^on: relay-age$/,
  ],
  [
    'a dead letter',
    { GetQueueAttributes: () => ({ body: { Attributes: { ApproximateNumberOfMessages: '7' } } }) },
    'Dead letters',
    'bad',
    /^messages 7$/,
  ],
  [
    'a clock behind',
    { DescribeParameters: () => ({ headers: { date: new Date(Date.now() + 400_000).toUTCString() }, body: {} }) },
    'Clock of this machine',
    'bad',
    /^(3\d\d|400) s behind$/,
  ],
  [
    'a closed vault',
    {
      [CHECK]: () => ({ body: { clock: Date.now(), table: { good: true, found: '1 ms' }, vault: { good: false, found: 'KMSDisabled' } } }),
    },
    'Inside',
    'bad',
    /^vault: KMSDisabled$/,
  ],
  [
    'a call that is not allowed',
    { DescribeAlarms: () => refused('AccessDeniedException', 'not authorized to perform: cloudwatch:DescribeAlarms') },
    'Alarms',
    'unknown',
    /^these AWS credentials may not read the alarms: not authorized/,
  ],
]

test.each(ILL)('%s is seen', async (_what, operations, name, state, sentence) => {
  const found = await rows(operations)

  expect(found[name]).toMatchObject({ state, found: expect.stringMatching(sentence) })
})

const NOT_HERE: readonly [what: string, status: number, found: RegExp][] = [
  ['the ordinary door', 404, /answers 404$/],
  ['an edge that knows no secret', 503, /answers 503$/],
  ['a house that another secret is kept from', 403, /answers 403$/],
  ['CloudFront itself', 400, /answers as something else, not as this house$/],
]

test.each(NOT_HERE)('at the certificates’ host %s is told from the house', async (_what, status, sentence) => {
  const found = await atCertificates(() => ({ status, body: 'Bad request' }))

  expect(found).toMatchObject({ state: 'bad', found: expect.stringMatching(sentence) })
})

test('at the certificates’ host the house is known by what it says to nobody', async () => {
  const house = await openCertificateHouse()
  const said = await house.fetch(`${CERTIFICATE_ORIGIN}/t/main/certificate`)
  const body = await said.text()
  house.close()

  // Plain http: a stage of AWS has none.
  expect(await atCertificates(() => ({ status: said.status, body }))).toMatchObject({
    state: 'look',
    found: expect.stringMatching(/without https$/),
  })
})

test('a stage without such a host is not the worse for it', async () => {
  const { certificateOrigin: _origin, certificatesDistribution: _distribution, ...without } = outputs
  aws = await startStage(without, WELL)

  expect(await stageRows(aws)).toMatchObject({
    'Certificates: host': { state: 'good', found: 'this stage has none' },
    'Certificates: distribution': { state: 'good', found: 'this stage has none' },
  })
})

/** A loopback like that of AWS is the host. */
async function atCertificates(answer: () => AwsAnswer): Promise<Row | undefined> {
  const host = await startAwsLoopback({ 'GET /t/main/certificate': answer })
  aws = await startStage({ ...outputs, certificateOrigin: host.environment.AWS_ENDPOINT_URL ?? '' }, WELL)
  const found = await stageRows(aws)
  await host.stop()
  return found['Certificates: host']
}

test('the report says of each row that is not good what to do, and the command ends with an error', async () => {
  aws = await startStage(outputs, WELL)
  const lines: string[] = []

  await expect(gatehouse(aws, ['doctor', '--stage', 'staging'], {}, lines)).rejects.toThrow('not well: Hosted sign-in, Certificates: host')

  expect(lines.filter((line) => line.startsWith('good'))).toHaveLength(15)
  expect(lines.filter((line) => line.includes('what to do:'))).toHaveLength(2)
})

test('before the first deployment the account is asked all the same', async () => {
  aws = await startStage(outputs, WELL)
  const lines: string[] = []

  await expect(gatehouse(aws, ['doctor', '--stage', 'production'], {}, lines)).rejects.toThrow('not well: Stage')

  expect(lines.join('\n')).toContain('1000 at once')
  expect(lines.join('\n')).toContain('npx sst deploy --stage production')
})
