/** Sends a message in its receiver's language, at least once: the mark is set after sending, so a crash between the two repeats a message rather than losing it. */
import { IamError } from '@gatehouse/core/error.ts'
import { negotiateLocale } from '@gatehouse/core/locale.ts'
import type { Tenant } from '@gatehouse/core/tenant.ts'
import type { Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter } from '@gatehouse/ports/texter.ts'
import { oneLine } from './plain.ts'
import { renderMessage, type TemplateName, type TemplateProps } from './template_table.ts'

/** What `TenantStores.sentMarks` is. */
export type SentMarks = { has(key: string): Promise<boolean>; mark(key: string): Promise<void> }

export type Delivery = {
  readonly mailer: Mailer
  readonly texter: Texter
  readonly stores: { readonly sentMarks: SentMarks }
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

export async function deliver<N extends TemplateName>(on: Delivery, message: Message<N>): Promise<'sent' | 'sent_before'> {
  checkReceiver(message.to)
  if (await on.stores.sentMarks.has(message.key)) return 'sent_before'
  const locale = negotiateLocale({ chosen: message.locale }, on.tenant.locales)
  const { tenant } = on
  const rendered = renderMessage(message.template, locale, tenant, message.props)
  const envelope = { to: message.to, locale, tenant: tenant.id, template: message.template }
  if (rendered.channel === 'mail') {
    const { subject, html, text } = rendered
    await on.mailer.send({ ...envelope, from: mailbox(tenant.display_name, on.from), subject, html, text })
  } else {
    await on.texter.send({ ...envelope, text: rendered.text })
  }
  await on.stores.sentMarks.mark(message.key)
  return 'sent'
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
