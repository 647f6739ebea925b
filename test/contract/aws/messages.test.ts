/** What leaves for SQS, SES and SNS, word by word. */
import { openSesMailer } from '@gatehouse/adapters/ses/open_ses_mailer.ts'
import { openSnsTexter } from '@gatehouse/adapters/sns/open_sns_texter.ts'
import { openMessageQueue } from '@gatehouse/adapters/sqs/open_message_queue.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import type { TextMessage } from '@gatehouse/ports/texter.ts'
import { afterEach, expect, test } from 'vitest'
import { type Loopback, openLoopback } from './loopback.ts'

const MAIL: Mail = {
  id: 'msg_1',
  once: 'at_least',
  to: 'zoe@example.com',
  from: '"Acme" <no-reply@id.example.com>',
  subject: 'Grüße',
  html: '<p>Grüße</p>',
  text: 'Grüße',
  locale: 'de',
  tenant: 'acme',
  template: 'email_verification',
}
const TEXT: TextMessage = {
  id: 'msg_2',
  once: 'at_most',
  to: '+491701234567',
  text: 'Ihr Code: 1 & 2',
  locale: 'de',
  tenant: 'acme',
  template: 'code',
}

let aws: Loopback
afterEach(() => aws.close())

test('the queue holds each message whole', async () => {
  aws = await openLoopback('SQS', () => ({ body: {} }))
  const { mailer, texter } = openMessageQueue({ access: aws.access, queueUrl: 'https://sqs.example/1/messages' })

  await mailer.send(MAIL)
  await texter.send(TEXT)

  const sent = aws.arrivals.map(({ body }) => JSON.parse(body))
  expect(sent.map(({ QueueUrl }) => QueueUrl)).toEqual(Array(2).fill('https://sqs.example/1/messages'))
  expect(sent.map(({ MessageBody }) => JSON.parse(MessageBody))).toEqual([
    { ...MAIL, channel: 'mail' },
    { ...TEXT, channel: 'text' },
  ])
})

test('a mail names its language, its tenant and template, and where bounces go', async () => {
  aws = await openLoopback('SESV2', () => ({ body: { MessageId: '1' } }))

  await openSesMailer({ access: aws.access, configurationSet: 'house' }).send(MAIL)

  const [{ method, path, body, headers } = { method: '', path: '', body: '{}', headers: {} }] = aws.arrivals
  const sent = JSON.parse(body)
  expect([method, path, headers['content-type']]).toEqual(['POST', '/v2/email/outbound-emails', 'application/json'])
  expect(headers.authorization).toContain('/ses/aws4_request')
  expect(sent).toMatchObject({
    FromEmailAddress: '"Acme" <no-reply@id.example.com>',
    Destination: { ToAddresses: ['zoe@example.com'] },
    ConfigurationSetName: 'house',
  })
  expect(sent.EmailTags).toContainEqual({ Name: 'tenant', Value: 'acme' })
  expect(sent.EmailTags).toContainEqual({ Name: 'template', Value: 'email_verification' })
  expect(sent.Content.Simple.Headers).toContainEqual({ Name: 'Content-Language', Value: 'de' })
  expect(sent.Content.Simple.Subject).toEqual({ Data: 'Grüße', Charset: 'UTF-8' })
})

test('a mail to a domain in its own letters leaves for the same in those of the domain name system, which is all that SES takes', async () => {
  aws = await openLoopback('SESV2', () => ({ body: { MessageId: '1' } }))

  await openSesMailer({ access: aws.access }).send({ ...MAIL, to: 'zoe@bücher.example' })

  expect(JSON.parse(aws.arrivals[0]?.body ?? '{}').Destination).toEqual({ ToAddresses: ['zoe@xn--bcher-kva.example'] })
})

test.each([
  ['ACME', 'AWS.SNS.SMS.SenderID'],
  ['+4915112345678', 'AWS.MM.SMS.OriginationNumber'],
])('a text comes from %s, is transactional and has a highest price', async (sender, attribute) => {
  aws = await openLoopback('SNS', ({ body }) => (isCheck(body) ? optedOut(false) : { body: '<MessageId>1</MessageId>' }))

  await openSnsTexter({ access: aws.access, sender }).send(TEXT)

  const form = new URLSearchParams(aws.arrivals[1]?.body)
  const attributes = new Map(
    [1, 2, 3].map((at) => [form.get(`MessageAttributes.entry.${at}.Name`), form.get(`MessageAttributes.entry.${at}.Value.StringValue`)]),
  )
  expect(Object.fromEntries(form)).toMatchObject({ Action: 'Publish', PhoneNumber: '+491701234567', Message: 'Ihr Code: 1 & 2' })
  expect(attributes.get('AWS.SNS.SMS.SMSType')).toBe('Transactional')
  expect(Number(attributes.get('AWS.SNS.SMS.MaxPrice'))).toBeGreaterThan(0)
  expect(attributes.get(attribute)).toBe(sender)
})

test('a text that may have gone out is not sent again', async () => {
  aws = await openLoopback('SNS', ({ body }) => (isCheck(body) ? optedOut(false) : 'lost'))

  await expect(openSnsTexter({ access: aws.access, whenLost: 'give_up' }).send(TEXT)).rejects.toMatchObject({ mayBeDone: true })
  expect(aws.arrivals.map(({ body }) => new URLSearchParams(body).get('Action'))).toEqual(['CheckIfPhoneNumberIsOptedOut', 'Publish'])
})

test('who answered STOP is told of as such, and nothing is published', async () => {
  aws = await openLoopback('SNS', () => optedOut(true))

  await expect(openSnsTexter({ access: aws.access }).send(TEXT)).rejects.toMatchObject({ code: 'access_denied' })

  expect(aws.arrivals.map(({ body }) => new URLSearchParams(body).get('phoneNumber'))).toEqual(['+491701234567'])
})

function isCheck(body: string): boolean {
  return new URLSearchParams(body).get('Action') === 'CheckIfPhoneNumberIsOptedOut'
}

function optedOut(answer: boolean) {
  const result = `<CheckIfPhoneNumberIsOptedOutResult><isOptedOut>${answer}</isOptedOut></CheckIfPhoneNumberIsOptedOutResult>`
  return { body: `<CheckIfPhoneNumberIsOptedOutResponse>${result}</CheckIfPhoneNumberIsOptedOutResponse>` }
}
