/**
 * Sends a message that may be brought several times, also at the same moment (queues and streams deliver at least once). Who sends has first set the mark, by
 * one conditional write. At least once: the mark is a claim that ends, so a crash before sending loses nothing, and only one between sending and settling
 * doubles the message. At most once: the mark stays, whatever becomes of the sending.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { Once } from '@gatehouse/ports/mailer.ts'
import type { SentMarks } from '@gatehouse/store/sent_mark.ts'

export type Sending = {
  readonly id: string
  readonly once: Once
  /** Longer than any sending takes. */
  readonly leaseMilliseconds: number
  /** Asked once the sending is ours: why it must not be sent, as the event that tells so. */
  findRefusal(): Promise<HouseEvent | undefined>
  /** Gives such an event where the wire says that it never will. */
  send(): Promise<HouseEvent | undefined>
}

export type SentOnce = 'sent' | 'sent_before' | 'refused'

/** Throws `unavailable` while another delivery is sending the same message, and what `send` throws. */
export function sendOnce(marks: SentMarks, sending: Sending): Promise<SentOnce> {
  return sending.once === 'at_most' ? atMostOnce(marks, sending) : atLeastOnce(marks, sending)
}

async function atMostOnce(marks: SentMarks, { id, findRefusal, send }: Sending): Promise<SentOnce> {
  if (!(await marks.markFirst(id))) return 'sent_before'
  let refusal: HouseEvent | undefined
  try {
    refusal = await findRefusal()
  } catch (error) {
    // Nothing has left yet.
    await marks.unmark(id)
    throw error
  }
  refusal ??= await send()
  return refusal ? refused(marks, id, refusal) : 'sent'
}

async function atLeastOnce(marks: SentMarks, { id, leaseMilliseconds, findRefusal, send }: Sending): Promise<SentOnce> {
  const claim = await marks.claim(id, leaseMilliseconds)
  if (claim.kind === 'sent') return 'sent_before'
  if (claim.kind === 'being_sent') throw new IamError('unavailable', 'this message is being sent by another delivery of it')
  try {
    const refusal = (await findRefusal()) ?? (await send())
    if (refusal) return await refused(marks, id, refusal)
  } catch (error) {
    // So that the next delivery need not wait; where even this fails, the claim ends by itself.
    await marks.release(id, claim.until).catch(() => undefined)
    throw error
  }
  await marks.mark(id)
  return 'sent'
}

async function refused(marks: SentMarks, id: string, event: HouseEvent): Promise<SentOnce> {
  await marks.mark(id, event)
  return 'refused'
}
