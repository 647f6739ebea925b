/** Writes a message in its receiver's language and gives it to the carrier, under a name that is the same whenever its event is handled again. */
import { IamError } from '@gatehouse/core/error.ts'
import { negotiateLocale } from '@gatehouse/core/locale.ts'
import type { Tenant } from '@gatehouse/core/tenant.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter } from '@gatehouse/ports/texter.ts'
import { hashOf } from '@gatehouse/store/keys.ts'
import { oneLine } from './plain.ts'
import { onceOf, renderMessage, type TemplateName, type TemplateProps } from './template_table.ts'
import { loadWords } from './words.ts'

export type Delivery = {
  readonly mailer: Mailer
  readonly texter: Texter
  readonly tenant: Pick<Tenant, 'id' | 'display_name' | 'branding' | 'locales'>
  /** The address that mails come from; the tenant's name is put before it. */
  readonly from: string
}

export type Message<N extends TemplateName> = {
  /** Names this message for good: the event's id, what it is about and the receiver. */
  readonly key: string
  readonly template: N
  /** A mail address, or a phone number in E.164 for a text message. */
  readonly to: string
  /** The receiver's; the tenant's first where it is not known or not offered. */
  readonly locale?: string | undefined
  readonly props: TemplateProps[N]
}

export async function deliver<N extends TemplateName>(on: Delivery, message: Message<N>): Promise<void> {
  checkReceiver(message.to)
  const locale = negotiateLocale({ chosen: message.locale }, on.tenant.locales)
  const { tenant } = on
  await loadWords(locale)
  const rendered = renderMessage(message.template, locale, tenant, message.props)
  const envelope = {
    id: messageId(message.key),
    once: onceOf(message.template),
    to: message.to,
    locale,
    tenant: tenant.id,
    template: message.template,
  }
  if (rendered.channel === 'text') return on.texter.send({ ...envelope, text: rendered.text })
  const { subject, html, text } = rendered
  await on.mailer.send({ ...envelope, from: mailbox(tenant.display_name, on.from), subject, html, text })
}

/** A hash, since the id stands in logs and queues and the key holds the receiver. */
export function messageId(key: string): string {
  return `msg_${hashOf(key)}`
}

/** RFC 5322 section 3.4: `"Name" <address>`. */
export function mailbox(name: string, address: string): string {
  const quoted = oneLine(name).replaceAll(/["\\]/g, '')
  return quoted === '' ? address : `"${quoted}" <${address}>`
}

/** One receiver, and no header after it. The door has checked the address long before; this is the last gate. */
function checkReceiver(to: string): void {
  if (/[\s,;<>"\p{Cc}]/u.test(to) || to === '') throw new IamError('invalid_request', 'the receiver is not one address')
}
