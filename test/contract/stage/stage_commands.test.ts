/** The command line against a stage, as against the local house; and what it says when AWS says no. */
import type { StageOutputs } from '@gatehouse/stage/outputs.ts'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { type AwsLoopback, type AwsOperations, refused, SECRET_KEY, SESSION_TOKEN } from '../../fixture/aws_loopback.ts'
import { type StartedHouse, startHouse } from '../../house.ts'
import { gatehouse, outputsOf, startStage } from './stage.ts'

const LINK = 'https://d111.cloudfront.net/t/main/invitation?token=the-token'

let house: StartedHouse
let outputs: StageOutputs
let token: string
let aws: AwsLoopback | undefined

beforeAll(async () => {
  const applications = [
    {
      client_id: 'pipeline',
      client_name: 'Pipeline',
      client_secret: 'a long secret of the pipeline',
      grant_types: ['client_credentials'],
      token_endpoint_auth_method: 'client_secret_basic',
      gatehouse_roles: ['platform-admin', 'tenant-admin'],
    },
  ]
  house = await startHouse({ seed: { tenants: [{ id: 'main', applications }] }, words: ['--no-samples'] })
  outputs = outputsOf(house.issuer())
  token = await pipelineToken(house.issuer())
})
afterAll(() => house.stop())
afterEach(async () => {
  await aws?.stop()
  aws = undefined
})

async function pipelineToken(issuer: string): Promise<string> {
  const authorization = `Basic ${btoa('pipeline:a+long+secret+of+the+pipeline')}`
  const body = new URLSearchParams({ grant_type: 'client_credentials' })
  const response = await fetch(`${issuer}/oauth2/token`, { method: 'POST', headers: { authorization }, body })
  const answer = (await response.json()) as { access_token: string }
  return answer.access_token
}

async function onStage(words: readonly string[], operations: AwsOperations = {}): Promise<string[]> {
  aws ??= await startStage(outputs, operations)
  return gatehouse(aws, [...words, '--stage', 'staging'], { GATEHOUSE_TOKEN: token })
}

test('export, tenant and key work on the issuer that the stage names', async () => {
  expect((await onStage(['export'])).join('\n')).toContain('client_id: pipeline')
  expect(await onStage(['tenant', 'create', 'acme', '--name', 'Acme'])).toEqual([`created acme: ${house.issuer('acme')}`])
  expect((await onStage(['tenant', 'suspend', 'acme']))[0]).toMatch(/^acme is suspended/)
  expect(await onStage(['tenant', 'list'])).toEqual([
    `acme  suspended  ${house.issuer('acme')}  Acme`,
    `main  active     ${house.issuer('main')}  Gatehouse`,
  ])
  expect(await onStage(['tenant', 'activate', 'acme'])).toEqual(['acme is active'])
  expect(await onStage(['tenant', 'activate', 'acme'])).toEqual(['acme is active already'])
  expect((await onStage(['key', 'rotate'])).map((line) => line.split(' ')[0]).sort()).toEqual(['ES256', 'RS256'])
})

test('a tenant that is there is not created again, and one that is not there is not suspended', async () => {
  await expect(onStage(['tenant', 'create', 'main'])).rejects.toThrow('there is a tenant main already')
  await expect(onStage(['tenant', 'suspend', 'nobody'])).rejects.toThrow('there is no tenant nobody')
  await expect(onStage(['tenant', 'suspend', 'main'])).rejects.toThrow('the default tenant cannot be suspended')
})

test('a domain is added with the records that it needs, looked up, listed and removed', async () => {
  const added = await onStage(['domain', 'add', 'login.acme-of-the-test.example'])
  expect(added[0]).toMatch(/^login\.acme-of-the-test\.example is waiting for proof \(until /)
  expect(added[1]).toMatch(/^ {2}TXT {3}_gatehouse-challenge\.login\.acme-of-the-test\.example {2}\S+$/)
  expect((await onStage(['domain', 'list']))[0]).toContain('waiting for proof')
  expect((await onStage(['domain', 'verify', 'login.acme-of-the-test.example'])).join('\n')).toContain('(not found yet)')
  expect(await onStage(['domain', 'remove', 'login.acme-of-the-test.example'])).toEqual([
    'removed login.acme-of-the-test.example: what was issued there ends',
  ])
  expect(await onStage(['domain', 'list'])).toEqual(['no domain of its own; "domain add HOST" adds one'])
  await expect(onStage(['domain', 'add', 'localhost'])).rejects.toThrow()
})

test('admin invite calls operate by its own name, signed, and prints the link', async () => {
  const lines = await onStage(['admin', 'invite'], {
    'POST /2015-03-31/functions/gatehouse-staging-operate-x1/invocations': ({ body }) => ({
      body: (body as { action: string }).action === 'invite' ? { link: LINK } : {},
    }),
  })

  expect(lines.join('\n')).toContain(LINK)
  expect(lines.join('\n')).toContain('30 minutes')
  for (const { headers } of aws?.calls ?? []) expect(headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=AKIDOPERATOR\//)
})

test('where there is an administrator, nobody is invited', async () => {
  const operations = {
    'POST /2015-03-31/functions/gatehouse-staging-operate-x1/invocations': () => ({
      body: { refused: 'there is an administrator already' },
    }),
  }

  await expect(onStage(['admin', 'invite'], operations)).rejects.toThrow('there is an administrator already')
})

test('a function that fails is told with its message, and is called once', async () => {
  const operations = {
    'POST /2015-03-31/functions/gatehouse-staging-operate-x1/invocations': () => ({
      headers: { 'x-amz-function-error': 'Unhandled' },
      body: { errorMessage: 'the vault does not open', errorType: 'Error', trace: ['at secret.ts'] },
    }),
  }

  await expect(onStage(['admin', 'invite'], operations)).rejects.toThrow(/^operate failed: the vault does not open; "gatehouse logs/)
  expect(aws?.calls.filter(({ operation }) => operation.startsWith('POST'))).toHaveLength(1)
})

test('relay replay gives relay the time as ISO 8601, and tells what came of it', async () => {
  const operations = {
    'POST /2015-03-31/functions/gatehouse-staging-relay-x1/invocations': () => ({ body: { objects: 2, records: 3, failed: [] } }),
  }

  expect(await onStage(['relay', 'replay', '--from', '2026-11-26T09:00:00Z'], operations)).toEqual(['3 handled, 0 failed again'])
  expect(aws?.calls.at(-1)?.body).toEqual({ replay: { from: '2026-11-26T09:00:00.000Z' } })
})

test('what failed again ends the command with an error', async () => {
  const operations = {
    'POST /2015-03-31/functions/gatehouse-staging-relay-x1/invocations': () => ({
      body: { objects: 1, records: 3, failed: ['aws/lambda/x#1', 'aws/lambda/x#2'] },
    }),
  }

  await expect(onStage(['relay', 'replay', '--from', '2h'], operations)).rejects.toThrow('not everything could be handled')
})

test('logs asks every function page by page, and shows the lines of all in the order of their time', async () => {
  const at = Date.now()
  const line = (milliseconds: number, message: string) => ({
    eventId: `${milliseconds}`,
    timestamp: at + milliseconds,
    message: JSON.stringify({ time: new Date(at + milliseconds).toISOString(), level: 'warn', message, tenant: 'acme' }),
  })
  const pages: Record<string, unknown> = {
    '/aws/lambda/gatehouse-staging-token-x2': { events: [line(1, 'first')], nextToken: 'more' },
    '/aws/lambda/gatehouse-staging-token-x2 more': { events: [line(3, 'third')] },
    '/aws/lambda/gatehouse-staging-admin-x2': { events: [line(2, 'second')] },
  }
  const lines = await onStage(['logs', '--since', '1h', '--tenant', 'acme'], {
    FilterLogEvents: ({ body }) => {
      const { logGroupName, nextToken } = body as { logGroupName: string; nextToken?: string }
      const page = pages[[logGroupName, nextToken].filter(Boolean).join(' ')]
      return page ? { body: page } : refused('ResourceNotFoundException', 'The specified log group does not exist.')
    },
  })

  expect(lines.map((shown) => shown.split(' ').slice(1).join(' '))).toEqual([
    'warn  token     acme     first',
    'warn  admin     acme     second',
    'warn  token     acme     third',
  ])
  const asked = aws?.calls.find(({ operation }) => operation === 'FilterLogEvents')?.body as { filterPattern: string; startTime: number }
  expect(asked.filterPattern).toBe('{ $.tenant = "acme" }')
  expect(Math.abs(asked.startTime - (Date.now() - 3_600_000))).toBeLessThan(60_000)
})

test('a call that Lambda says went well is left out, one that timed out is shown; control characters reach no terminal', async () => {
  const report = (status: string) => ({ time: 't', type: 'platform.report', record: { status, metrics: { durationMs: 3000 } } })
  const messages = [report('success'), report('timeout'), { time: 't', level: 'info', message: 'failed', path: 'x', note: '\u001b[2J' }]
  const lines = await onStage(['logs', '--function', 'token'], {
    FilterLogEvents: () => ({
      body: { events: messages.map((message, index) => ({ eventId: `${index}`, timestamp: index, message: JSON.stringify(message) })) },
    }),
  })

  expect(lines).toHaveLength(2)
  expect(lines[0]).toContain('platform.report record={"status":"timeout"')
  expect(lines[1]).toContain('note=\\u001b[2J')
})

test.each([
  [
    'a stage that is not there',
    ['export', '--stage', 'nowhere'],
    /^there is no stage "nowhere" in eu-central-1 of this account: deploy it/,
  ],
  ['a name that no stage can have', ['export', '--stage', '../x'], /^a stage's name is letters, digits and hyphens/],
  [
    'stage and issuer at once',
    ['export', '--stage', 'staging', '--issuer', 'https://id.example.org'],
    /^--issuer and --stage name the same thing/,
  ],
  ['a flag of another command', ['export', '--follow', '--stage', 'staging'], /^"export" has no flag --follow/],
  ['a time that is none', ['logs', '--since', 'yesterday', '--stage', 'staging'], /^--since is 30s, 15m/],
  ['no time at all', ['relay', 'replay', '--stage', 'staging'], /^since when\? --from/],
  [
    'a function that is none',
    ['logs', '--function', 'tokens', '--stage', 'staging'],
    /^the stage "staging" has no function "tokens"; it has token, admin/,
  ],
  ['half a command', ['tenant', '--stage', 'staging'], /^"tenant" what; there is tenant list, tenant create/],
  ['a word too much', ['admin', 'invite', 'jo', '--stage', 'staging'], /^usage: npm run gatehouse -- admin invite/],
  ['a command of former times', ['rotate-keys'], /^"rotate-keys" is now "key rotate"/],
  ['a name of every object', ['constructor'], /^there is no command "constructor"/],
])('%s is told in a sentence', async (_what, words, sentence) => {
  aws = await startStage(outputs, {})

  await expect(gatehouse(aws, words)).rejects.toThrow(sentence)
})

test.each([
  [
    'AccessDeniedException',
    'User: arn:aws:iam::1:user/jo is not authorized to perform: ssm:GetParameter',
    /^these AWS credentials may not read the parameter \/gatehouse\/staging\/outputs: User: .* ssm:GetParameter/,
  ],
  ['ExpiredTokenException', 'The security token included in the request is expired', /^the AWS credentials have expired: sign in again/],
  ['UnrecognizedClientException', 'The security token included in the request is invalid.', /^AWS does not know these credentials/],
  ['InvalidSignatureException', `The Canonical String ... x-amz-security-token:${SESSION_TOKEN}`, /^AWS does not accept the signature/],
  ['InternalServerError', 'sorry', /^AWS would not read the parameter .*: InternalServerError: sorry/],
])('%s is told without a credential', async (name, message, sentence) => {
  aws = await startStage(outputs, { GetParameter: () => refused(name, message) })

  await expect(gatehouse(aws, ['export', '--stage', 'staging'])).rejects.toThrow(sentence)
})

test('without credentials, region or network it is said which is missing', async () => {
  const region = { AWS_REGION: 'eu-central-1' }
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDOPERATOR', AWS_SECRET_ACCESS_KEY: SECRET_KEY }
  const words = ['export', '--stage', 'staging']

  await expect(gatehouse(undefined, words, region)).rejects.toThrow(/^no AWS credentials: set AWS_PROFILE/)
  await expect(gatehouse(undefined, words, keys)).rejects.toThrow(/^no AWS region: set AWS_REGION/)
  await expect(gatehouse(undefined, words, { ...keys, ...region, AWS_ENDPOINT_URL: 'http://127.0.0.1:9' })).rejects.toThrow(
    /^AWS does not answer \(read the parameter .*ECONNREFUSED/,
  )
})

test('outputs of another version or another stage are refused, and named', async () => {
  const answers = (value: unknown): AwsOperations => ({ GetParameter: () => ({ body: { Parameter: { Value: JSON.stringify(value) } } }) })
  for (const value of [{ stage: 'staging' }, { ...outputs, stage: 'production' }, 'text']) {
    aws = await startStage(outputs, answers(value))
    await expect(gatehouse(aws, ['export', '--stage', 'staging'])).rejects.toThrow(/^the outputs in .* are not of this version/)
    await aws.stop()
  }
})
