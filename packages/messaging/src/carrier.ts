/**
 * The last gate before the wire (SES, SNS, the outbox), the same under both roofs: what comes twice goes out once. Locally the relay's messages come here
 * at once; in the cloud a queue brings them.
 */
import type { Log } from '@gatehouse/ports/log.ts'
import type { Mail, Mailer } from '@gatehouse/ports/mailer.ts'
import type { Texter, TextMessage } from '@gatehouse/ports/texter.ts'
import type { Stores } from '@gatehouse/store/stores.ts'
import { sendOnce } from './send_once.ts'

export type Wire = { readonly mailer: Mailer; readonly texter: Texter }

export type CarrierOptions = {
  readonly stores: Stores
  readonly log: Log
  /** Longer than any sending over the wire takes: within it no other delivery of a message begins. */
  readonly leaseMilliseconds: number
}

/** Takes the place of the wire. `send` throws where the message is to be brought again. */
export function openCarrier({ stores, log, leaseMilliseconds }: CarrierOptions, wire: Wire): Wire {
  const once = async (message: Mail | TextMessage, send: () => Promise<void>): Promise<void> => {
    const { sentMarks } = stores.forTenant(message.tenant)
    const done = await sendOnce(sentMarks, message, leaseMilliseconds, send)
    log.write('info', done === 'sent' ? 'a message was sent' : 'a message had been sent before', factsOf(message))
  }
  return {
    mailer: { send: (mail) => once(mail, () => wire.mailer.send(mail)) },
    texter: { send: (message) => once(message, () => wire.texter.send(message)) },
  }
}

/** Nothing of the receiver. */
function factsOf({ tenant, id, template }: Mail | TextMessage) {
  return { tenant, message: id, template }
}
