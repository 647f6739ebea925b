import { describe, expect, test } from 'vitest'
import { parseSesFeedback } from './parse_feedback.ts'

const MAIL = { messageId: '0100', destination: ['jo@example.org'], tags: { 'ses:configuration-set': ['gatehouse'], tenant: ['acme'] } }
const AT = '2026-01-05T09:00:00.669Z'

const bounced = (bounceType: string, bounceSubType: string, recipient: object = { emailAddress: 'jo@example.org' }) => ({
  eventType: 'Bounce',
  bounce: { bounceType, bounceSubType, bouncedRecipients: [recipient], timestamp: AT, feedbackId: 'f' },
  mail: MAIL,
})
const complained = (complaintFeedbackType?: string) => ({
  eventType: 'Complaint',
  complaint: { complainedRecipients: [{ emailAddress: 'jo@example.org' }], timestamp: AT, complaintFeedbackType },
  mail: MAIL,
})

const read = (event: object) => parseSesFeedback(JSON.stringify({ Type: 'Notification', MessageId: '1', Message: JSON.stringify(event) }))

describe('what SES tells', () => {
  test.each([
    ['a mailbox that is not there', bounced('Permanent', 'General'), 'bounced'],
    ['an address that SES holds back itself', bounced('Permanent', 'OnAccountSuppressionList'), 'bounced'],
    ['a full mailbox', bounced('Transient', 'MailboxFull'), 'bounced_for_now'],
    ['a bounce that nobody understands', bounced('Undetermined', 'Undetermined'), 'bounced_for_now'],
    ['a complaint', complained('abuse'), 'complained'],
    ['a complaint without a type', complained(), 'complained'],
    ['a delivery', { eventType: 'Delivery', delivery: { recipients: ['jo@example.org'], timestamp: AT }, mail: MAIL }, 'delivered'],
  ])('%s', (_what, event, outcome) => {
    expect(read(event)).toEqual([{ tenant: 'acme', address: 'jo@example.org', outcome, at: Date.parse(AT) }])
  })

  test.each([
    ['a message that was too large says nothing of the address', bounced('Transient', 'MessageTooLarge')],
    ['nor does one whose content was refused', bounced('Transient', 'ContentRejected')],
    ['whoever takes our mail out of the junk does not complain', complained('not-spam')],
    ['a mail that was opened', { eventType: 'Open', open: {}, mail: MAIL }],
    ['a name that objects have of themselves is no event', { eventType: 'constructor', mail: MAIL }],
    ['a mail without our tag is nobody’s', { ...bounced('Permanent', 'General'), mail: { ...MAIL, tags: {} } }],
    ['a tag that is no tenant', { ...bounced('Permanent', 'General'), mail: { ...MAIL, tags: { tenant: ['a#t#b'] } } }],
  ])('%s', (_what, event) => {
    expect(read(event)).toEqual([])
  })

  test('the status of the receiving side is kept, its words are not', () => {
    const recipient = { emailAddress: 'jo@example.org', status: '5.1.1', diagnosticCode: 'smtp; 550 5.1.1 <jo@example.org> unknown' }

    expect(read(bounced('Permanent', 'General', recipient))).toEqual([
      { tenant: 'acme', address: 'jo@example.org', outcome: 'bounced', at: Date.parse(AT), status: '5.1.1' },
    ])
  })

  test('a mail that was forwarded and came back counts for the address that we wrote to', () => {
    expect(read(bounced('Permanent', 'General', { emailAddress: 'forwarded@elsewhere.example' }))[0]?.address).toBe('jo@example.org')
  })

  test('of a mail to several, each that is told counts; a name around an address is taken off', () => {
    const event = {
      ...bounced('Permanent', 'General', { emailAddress: 'Jo <jo@example.org>' }),
      mail: { ...MAIL, destination: ['a@b.c', 'jo@example.org'] },
    }

    expect(read(event).map(({ address }) => address)).toEqual(['jo@example.org'])
  })
})

test('notifications of an identity, and raw delivery, are understood too', () => {
  const { eventType, ...rest } = bounced('Permanent', 'General')

  expect(parseSesFeedback(JSON.stringify({ notificationType: eventType, ...rest }))).toHaveLength(1)
})

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"Type":"Notification","Message":"{"}',
  '{"eventType":"Bounce","bounce":null,"mail":{"tags":{"tenant":["acme"]}}}',
])('%j is refused, so that it is looked at', (body) => {
  expect(() => parseSesFeedback(body)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
})
