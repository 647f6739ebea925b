/**
 * The last gate before the wire (SES, SNS, the outbox), the same under both roofs: what comes twice goes out once, and what must not go out is refused, once,
 * with a record of it. Locally the relay's messages come here at once; in the cloud a queue brings them.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mail, Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter, TextMessage } from '@gatehouse/ports/texter.ts'
import type { Stores, TenantStores } from '@gatehouse/store/stores.ts'
import { type SentOnce, sendOnce } from './send_once.ts'

export type Wire = { readonly mailer: Mailer; readonly texter: Texter }

export type CarrierOptions = {
  readonly stores: Stores
  readonly log: Log
  /** Longer than any sending over the wire takes: within it no other delivery of a message begins. */
  readonly leaseMilliseconds: number
}

/** Takes the place of the wire. `send` throws where the message is to be brought again. */
export function openCarrier({ stores, log, leaseMilliseconds }: CarrierOptions, wire: Wire): Wire {
  const carry = async <M extends Mail | TextMessage>(
    message: M,
    findRefusal: (stores: TenantStores, message: M) => Promise<Refusal | undefined>,
    send: (message: M) => Promise<void>,
  ): Promise<void> => {
    const there = stores.forTenant(message.tenant)
    const done = await sendOnce(there.sentMarks, {
      ...message,
      leaseMilliseconds,
      findRefusal: async () => {
        const refusal = await findRefusal(there, message)
        return refusal && refusalEvent(there, message, refusal)
      },
      send: () => send(message),
    })
    log.write(done === 'refused' ? 'warn' : 'info', SAID[done], factsOf(message))
  }
  return {
    mailer: { send: (mail) => carry(mail, findMailRefusal, (one) => wire.mailer.send(one)) },
    texter: {
      send: (text) =>
        carry(
          text,
          async () => undefined,
          (one) => wire.texter.send(one),
        ),
    },
  }
}

type Refusal = { readonly kind: 'mail.refused' | 'text.refused'; readonly because: string }

async function findMailRefusal({ mailMarks }: TenantStores, mail: Mail): Promise<Refusal | undefined> {
  const mark = await mailMarks.find(mail.to)
  return mark && { kind: 'mail.refused', because: mark.reason }
}

function refusalEvent({ shelf }: TenantStores, message: Mail | TextMessage, { kind, because }: Refusal): HouseEvent {
  return shelf.event(kind, { data: { message: message.id, template: message.template, because } })
}

const SAID: Readonly<Record<SentOnce, string>> = {
  sent: 'a message was sent',
  sent_before: 'a message had been sent before',
  refused: 'a message was not sent: its receiver is not to be written to',
}

/** Nothing of the receiver. */
function factsOf({ tenant, id, template }: Mail | TextMessage) {
  return { tenant, message: id, template }
}
