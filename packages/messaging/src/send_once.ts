/**
 * Sends a message that may be brought several times, also at the same moment (queues and streams deliver at least once). Who sends has first set the mark, by
 * one conditional write. At least once: the mark is a claim that ends, so a crash before sending loses nothing, and only one between sending and settling
 * doubles the message. At most once: the mark stays, whatever becomes of the sending.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { Once } from '@gatehouse/ports/mailer.ts'
import type { SentMarks } from '@gatehouse/store/sent_mark.ts'

export type SentOnce = 'sent' | 'sent_before'

/** `leaseMilliseconds`: longer than any sending takes. Throws `unavailable` while another delivery is sending the same message, and what `send` throws. */
export async function sendOnce(
  marks: Pick<SentMarks, 'claim' | 'release' | 'mark' | 'markFirst'>,
  message: { readonly id: string; readonly once: Once },
  leaseMilliseconds: number,
  send: () => Promise<void>,
): Promise<SentOnce> {
  return message.once === 'at_most' ? atMostOnce(marks, message.id, send) : atLeastOnce(marks, message.id, leaseMilliseconds, send)
}

async function atMostOnce(marks: Pick<SentMarks, 'markFirst'>, id: string, send: () => Promise<void>): Promise<SentOnce> {
  if (!(await marks.markFirst(id))) return 'sent_before'
  await send()
  return 'sent'
}

async function atLeastOnce(
  marks: Pick<SentMarks, 'claim' | 'release' | 'mark'>,
  id: string,
  leaseMilliseconds: number,
  send: () => Promise<void>,
): Promise<SentOnce> {
  const claim = await marks.claim(id, leaseMilliseconds)
  if (claim.kind === 'sent') return 'sent_before'
  if (claim.kind === 'being_sent') throw new IamError('unavailable', 'this message is being sent by another delivery of it')
  try {
    await send()
  } catch (error) {
    // So that the next delivery need not wait; where even this fails, the claim ends by itself.
    await marks.release(id, claim.until).catch(() => undefined)
    throw error
  }
  await marks.mark(id)
  return 'sent'
}
