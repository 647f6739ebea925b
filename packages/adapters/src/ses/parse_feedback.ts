/**
 * What Amazon SES tells of a mail (event publishing, or the notifications of an identity), as SNS put it into a queue. The tenant is the tag that the mail was
 * sent with; without one of ours it is nobody's mail.
 */
import { IamError } from '@gatehouse/core/error.ts'
import { isTenantId } from '@gatehouse/core/ids.ts'
import type { MailFeedback, MailOutcome } from '@gatehouse/core/mail_mark.ts'

/** The name of the tag that carries the tenant. */
export const TENANT_TAG = 'tenant'

type Fields = Readonly<Record<string, unknown>>
type Told = { readonly outcome: MailOutcome; readonly at: unknown; readonly recipients: readonly { address: string; status?: string }[] }

/** Event -> what it says. Events that are not here (Send, Open, DeliveryDelay ...) say nothing about an address. */
const EVENTS: Readonly<Record<string, (event: Fields) => Told | undefined>> = {
  Bounce: (event) => {
    const bounce = fieldsOf(event.bounce)
    const type = String(bounce.bounceType)
    // The message was refused for what it is, not for whom it was for.
    if (type !== 'Permanent' && OF_THE_MESSAGE.has(String(bounce.bounceSubType))) return undefined
    return {
      outcome: type === 'Permanent' ? 'bounced' : 'bounced_for_now',
      at: bounce.timestamp,
      recipients: listOf(bounce.bouncedRecipients).map(recipientOf),
    }
  },
  Complaint: (event) => {
    const complaint = fieldsOf(event.complaint)
    // A reader who takes the mail out of the folder for unwanted ones is reported the same way.
    if (complaint.complaintFeedbackType === 'not-spam') return undefined
    return { outcome: 'complained', at: complaint.timestamp, recipients: listOf(complaint.complainedRecipients).map(recipientOf) }
  },
  Delivery: (event) => {
    const delivery = fieldsOf(event.delivery)
    const recipients = Array.isArray(delivery.recipients) ? delivery.recipients : []
    return { outcome: 'delivered', at: delivery.timestamp, recipients: recipients.map((one) => ({ address: String(one) })) }
  },
}

const OF_THE_MESSAGE: ReadonlySet<string> = new Set(['MessageTooLarge', 'ContentRejected', 'AttachmentRejected'])

/** One for each receiver; none where the event says nothing. Throws `invalid_request` for what is no event of SES. */
export function parseSesFeedback(body: string): MailFeedback[] {
  const event = unwrapped(parsed(body))
  const kind = event.eventType ?? event.notificationType
  if (typeof kind !== 'string') throw new IamError('invalid_request', 'this is no event of SES')
  const mail = fieldsOf(event.mail)
  const tenant = tenantOf(mail)
  const told = Object.hasOwn(EVENTS, kind) ? EVENTS[kind]?.(event) : undefined
  if (tenant === undefined || told === undefined) return []
  const at = Date.parse(String(told.at))
  if (!Number.isFinite(at)) throw new IamError('invalid_request', `a ${kind} of SES without its time`)
  // A mail of ours has one receiver. Where it was forwarded, the one that is told may be another: what we wrote to is what counts.
  const [destination, ...others] = Array.isArray(mail.destination) ? mail.destination.map(String) : []
  return told.recipients.map(({ address, status }) => ({
    tenant,
    address: others.length === 0 && destination !== undefined ? bare(destination) : bare(address),
    outcome: told.outcome,
    at,
    ...(status === undefined ? {} : { status }),
  }))
}

/** SNS wraps it, unless the subscription delivers it raw. */
function unwrapped(body: Fields): Fields {
  return body.Type === 'Notification' && typeof body.Message === 'string' ? parsed(body.Message) : body
}

function tenantOf(mail: Fields): string | undefined {
  const [tenant] = Object.entries(fieldsOf(mail.tags)).flatMap(([name, values]) =>
    name === TENANT_TAG && Array.isArray(values) ? values : [],
  )
  return typeof tenant === 'string' && isTenantId(tenant) ? tenant : undefined
}

function recipientOf(recipient: Fields): { address: string; status?: string } {
  const status = /^[245]\.\d{1,3}\.\d{1,3}$/.test(String(recipient.status)) ? { status: String(recipient.status) } : {}
  return { address: String(recipient.emailAddress), ...status }
}

/** `Jo <jo@example.org>`, as some receiving sides write it. */
function bare(address: string): string {
  return /<([^<>]+)>\s*$/.exec(address)?.[1] ?? address
}

function parsed(text: string): Fields {
  try {
    const value: unknown = JSON.parse(text)
    if (isFields(value)) return value
  } catch (error) {
    throw new IamError('invalid_request', 'feedback that is no JSON', { cause: error })
  }
  throw new IamError('invalid_request', 'feedback that is no object')
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {}
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

function isFields(value: unknown): value is Fields {
  return value !== null && typeof value === 'object' && !Array.isArray(value)
}
