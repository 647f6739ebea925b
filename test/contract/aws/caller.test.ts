/** What the small client does with bad hours: throttling, servers that break, answers that are lost. */
import { openAwsCaller } from '@gatehouse/adapters/aws/open_aws_caller.ts'
import { openAwsJson } from '@gatehouse/adapters/aws/open_aws_json.ts'
import { afterEach, expect, test } from 'vitest'
import { type Arrival, type Loopback, openLoopback, refuse } from './loopback.ts'

let aws: Loopback
afterEach(() => aws.close())

const json = (loopback: Loopback, more: object = {}) =>
  openAwsJson({ access: loopback.access, service: 'SQS', target: 'AmazonSQS', version: '1.0', timeoutMilliseconds: 20_000, ...more })

/** Where no answer comes; a busy machine still brings the next one in time. */
const SOON = { timeoutMilliseconds: 1_000 }

test('a call is signed, with the session of the role', async () => {
  aws = await openLoopback('SQS', () => ({ body: { MessageId: 'm' } }))

  expect(await json(aws)('SendMessage', { MessageBody: 'ü' })).toEqual({ MessageId: 'm' })

  const [arrival] = aws.arrivals
  const headers: Arrival['headers'] = arrival?.headers ?? {}
  expect(headers['x-amz-target']).toBe('AmazonSQS.SendMessage')
  expect(headers['x-amz-security-token']).toBe('token')
  expect(headers.authorization).toContain('/sqs/aws4_request')
  expect(headers.authorization).toContain('x-amz-target')
  expect(JSON.parse(arrival?.body ?? '')).toEqual({ MessageBody: 'ü' })
})

test.each(['ThrottlingException', 'TooManyRequestsException', 'ProvisionedThroughputExceededException'])(
  '%s is tried again, and known not to have been done',
  async (name) => {
    aws = await openLoopback('SQS', () => refuse(name))

    await expect(json(aws, { maximumTries: 2 })('SendMessage', {})).rejects.toMatchObject({ code: name, tries: 2, mayBeDone: false })
    expect(aws.arrivals).toHaveLength(2)
  },
)

test('a refusal that will not change is told at once', async () => {
  aws = await openLoopback('SQS', () => refuse('AccessDeniedException'))

  await expect(json(aws)('SendMessage', {})).rejects.toMatchObject({ code: 'AccessDeniedException', tries: 1, mayBeDone: false })
})

test.each(['lost', 'silent'] as const)('an answer that is %s: sent again, and told that the first may have been done', async (weather) => {
  aws = await openLoopback('SQS', (_, count) => (count === 1 ? weather : refuse('AccessDeniedException')))

  await expect(json(aws, weather === 'silent' ? SOON : {})('SendMessage', {})).rejects.toMatchObject({ tries: 2, mayBeDone: true })
})

test('what is sent again goes on a new connection, since all that were kept may be dead', async () => {
  aws = await openLoopback('SQS', (_, count) => (count === 4 ? 'lost' : { body: {} }))
  await Promise.all(['a', 'b', 'c'].map((MessageBody) => json(aws)('SendMessage', { MessageBody })))

  expect(await json(aws)('SendMessage', {})).toEqual({})

  const ports = aws.arrivals.map(({ port }) => port)
  expect(ports.slice(0, 3)).toContain(ports[3])
  expect(ports.slice(0, 4)).not.toContain(ports[4])
})

test('a server that broke may have done it', async () => {
  aws = await openLoopback('SQS', (_, count) => (count === 1 ? refuse('InternalServerError', 500) : { body: {} }))

  expect(await json(aws)('SendMessage', {})).toEqual({})
  expect(aws.arrivals).toHaveLength(2)
})

test.each(['lost', 'silent'] as const)('what must not be done twice is not sent again when its answer is %s', async (weather) => {
  aws = await openLoopback('SQS', () => weather)

  await expect(json(aws, { ...SOON, whenLost: 'give_up' })('SendMessage', {})).rejects.toMatchObject({
    code: 'NoAnswer',
    tries: 1,
    mayBeDone: true,
  })
  expect(aws.arrivals).toHaveLength(1)
})

test('what was only throttled is sent again, even if it must not be done twice', async () => {
  aws = await openLoopback('SQS', (_, count) => (count === 1 ? refuse('ThrottlingException') : { body: {} }))

  expect(await json(aws, { whenLost: 'give_up' })('SendMessage', {})).toEqual({})
})

test('where nobody listens nothing was done', async () => {
  aws = await openLoopback('SQS', () => 'lost')
  const { access } = aws
  await aws.close()
  const call = openAwsCaller({ access, service: 'SQS', whenLost: 'give_up', maximumTries: 2 })
  aws = await openLoopback('SQS', () => 'lost')

  await expect(call({ body: '{}' })).rejects.toMatchObject({ code: 'NoAnswer', tries: 2, mayBeDone: false })
})

test('each protocol says the name of an error in its own place', async () => {
  const replies = [
    { status: 400, body: { message: 'no' }, headers: { 'x-amzn-errortype': 'MessageRejected:http://internal.amazon.com/' } },
    { status: 400, body: '<ErrorResponse><Error><Code>OptedOut</Code><Message>no</Message></Error></ErrorResponse>' },
    { status: 404, body: 'what a proxy says' },
  ]
  aws = await openLoopback('SQS', (_, count) => replies[count - 1] ?? 'lost')
  const call = openAwsCaller({ access: aws.access, service: 'SQS' })

  await expect(call({})).rejects.toMatchObject({ code: 'MessageRejected', message: 'no' })
  await expect(call({})).rejects.toMatchObject({ code: 'OptedOut', message: 'no' })
  await expect(call({})).rejects.toMatchObject({ code: 'Http404' })
})
