/** Why a message must not go out: what is known of its receiver, and for text messages what the tenant and the house allow. */
import type { Tenant } from '@gatehouse/core/tenant.ts'
import { DEFAULT_TEXT_POLICY, decideText, type TextCountries, type TextRefusal } from '@gatehouse/core/text_policy.ts'
import type { Mail } from '@gatehouse/ports/mailer.ts'
import type { TextMessage } from '@gatehouse/ports/texter.ts'
import type { TenantStores } from '@gatehouse/store/stores.ts'

export type Refusal =
  | { readonly kind: 'mail.refused'; readonly because: 'bounced' | 'complained' }
  | { readonly kind: 'text.refused'; readonly because: TextRefusal | 'opted_out' | 'tenant_closed' }

export async function findMailRefusal(mailMarks: TenantStores['mailMarks'], mail: Mail): Promise<Refusal | undefined> {
  const mark = await mailMarks.find(mail.to)
  return mark && { kind: 'mail.refused', because: mark.reason }
}

/** Takes the message's places where it may go out: the same ones again when the sending fails and is repeated. */
export async function findTextRefusal(
  { rates, textOptOuts }: Pick<TenantStores, 'rates' | 'textOptOuts'>,
  text: TextMessage,
  tenant: Tenant | undefined,
  house: TextCountries,
): Promise<Refusal | undefined> {
  const refused = (because: Extract<Refusal, { kind: 'text.refused' }>['because']): Refusal => ({ kind: 'text.refused', because })
  if (!tenant?.active) return refused('tenant_closed')
  const decision = decideText(text.to, tenant.policies.textMessages ?? DEFAULT_TEXT_POLICY, house)
  if (decision.kind === 'refused') return refused(decision.because)
  if (await textOptOuts.find(text.to)) return refused('opted_out')
  const full = await rates.takeAll(
    text.id,
    decision.counts.map((count) => ({ ...count, name: `text\n${count.refusal}` })),
  )
  return full && refused(full.refusal)
}
