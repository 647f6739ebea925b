/**
 * The last gate before the wire (SES, SNS, the outbox), the same under both roofs: what comes twice goes out once, and what must not go out is refused, once,
 * with a record of it. Locally the relay's messages come here at once; in the cloud a queue brings them.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { TextCountries } from '@gatehouse/core/text_policy.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mail, Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter, TextMessage } from '@gatehouse/ports/texter.ts'
import type { Stores, TenantStores } from '@gatehouse/store/stores.ts'
import type { ConfigurationCache } from '@gatehouse/store/tenant_context.ts'
import { findMailRefusal, findTextRefusal, type Refusal } from './refusal.ts'
import { type SentOnce, sendOnce } from './send_once.ts'

export type Wire = { readonly mailer: Mailer; readonly texter: Texter }

export type CarrierOptions = {
  readonly stores: Stores
  readonly cache: ConfigurationCache
  readonly log: Log
  /** Longer than any sending over the wire takes: within it no other delivery of a message begins. */
  readonly leaseMilliseconds: number
  /** Where text messages may go, whatever a tenant says. */
  readonly textCountries: TextCountries
}

type Gate<M> = { find(there: TenantStores, message: M): Promise<Refusal | undefined>; send(message: M): Promise<Refusal | undefined> }

/** Takes the place of the wire. `send` throws where the message is to be brought again. */
export function openCarrier(options: CarrierOptions, wire: Wire): Wire {
  const { stores, cache, textCountries } = options
  const mails: Gate<Mail> = {
    find: ({ mailMarks }, mail) => findMailRefusal(mailMarks, mail),
    send: (mail) => wire.mailer.send(mail).then(() => undefined),
  }
  const texts: Gate<TextMessage> = {
    find: async (there, text) =>
      findTextRefusal(there, text, await cache.tenants.get(text.tenant, () => there.tenant.find()), textCountries),
    send: (text) => sendText(wire.texter, stores.forTenant(text.tenant), text),
  }
  return { mailer: { send: (mail) => carry(options, mails, mail) }, texter: { send: (text) => carry(options, texts, text) } }
}

async function carry<M extends Mail | TextMessage>(
  { stores, log, leaseMilliseconds }: CarrierOptions,
  gate: Gate<M>,
  message: M,
): Promise<void> {
  const there = stores.forTenant(message.tenant)
  let because: Refusal['because'] | undefined
  const recorded = async (found: Promise<Refusal | undefined>): Promise<HouseEvent | undefined> => {
    const refusal = await found
    if (!refusal) return undefined
    because = refusal.because
    return there.shelf.event(refusal.kind, { data: { message: message.id, template: message.template, because } })
  }
  const done = await sendOnce(there.sentMarks, {
    ...message,
    leaseMilliseconds,
    findRefusal: () => recorded(gate.find(there, message)),
    send: () => recorded(gate.send(message)),
  })
  const { tenant, id, template } = message
  // Nothing of the receiver.
  log.write(done === 'refused' ? 'warn' : 'info', SAID[done], { tenant, message: id, template, ...(because ? { because } : {}) })
}

/** Whoever answered STOP told the network, and us by its answer. */
async function sendText(texter: Texter, { textOptOuts }: TenantStores, text: TextMessage): Promise<Refusal | undefined> {
  try {
    await texter.send(text)
    return undefined
  } catch (error) {
    if (!(error instanceof IamError) || error.code !== 'access_denied') throw error
    await textOptOuts.add(text.to, 'network')
    return { kind: 'text.refused', because: 'opted_out' }
  }
}

const SAID: Readonly<Record<SentOnce, string>> = {
  sent: 'a message was sent',
  sent_before: 'a message had been sent before',
  refused: 'a message was not sent',
}
