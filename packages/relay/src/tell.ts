/** Sends a message of a tenant, from the tenant's own address: one message per event and receiver, however often the event is handled. */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import { primaryEmail, primaryPhoneNumber, type User } from '@gatehouse/core/user.ts'
import { deliver } from '@gatehouse/messaging/deliver.ts'
import type { TemplateName, TemplateProps } from '@gatehouse/messaging/template_table.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { RelayHouse } from './relay_house.ts'

export type Receiver = { readonly address: string; readonly locale?: string | undefined }

export async function tell<N extends TemplateName>(
  ctx: TenantContext,
  house: RelayHouse,
  event: HouseEvent,
  receiver: Receiver | undefined,
  template: N,
  props: TemplateProps[N],
): Promise<void> {
  if (!receiver) return
  const { mailer, texter } = house.ports
  // Of the house, also where the tenant is met at a domain of its own: nobody has proved that we may send for that.
  const from = `no-reply@${house.mailDomain ?? new URL(house.addresses.of(ctx.tenant.id).origin).hostname}`
  await deliver(
    { mailer, texter, tenant: ctx.tenant, from },
    { key: `${event.id}\n${template}\n${receiver.address}`, template, to: receiver.address, locale: receiver.locale, props },
  )
}

/** A person is written to at an address that is theirs: proved, or vouched for by an administrator. Undefined: there is none. */
export function verifiedReceiver(user: User): Receiver | undefined {
  const email = primaryEmail(user)
  return email?.verified ? { address: email.value, locale: user.locale } : undefined
}

/** A text message goes to a phone number that was proved or vouched for, and to no other. */
export function verifiedPhone(user: User): Receiver | undefined {
  const number = primaryPhoneNumber(user)
  return number?.verified ? { address: number.value, locale: user.locale } : undefined
}

export function givenNameOf(user: Pick<User, 'name'>): { name?: string } {
  return user.name.givenName === undefined ? {} : { name: user.name.givenName }
}
