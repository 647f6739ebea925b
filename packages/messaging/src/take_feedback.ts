/** What became of a mail: an address that it came back from, or whose owner calls it unwanted, is marked, and not written to (`carrier.ts`). */
import { type MailFeedback, markOf } from '@gatehouse/core/mail_mark.ts'
import type { Stores } from '@gatehouse/store/stores.ts'

/** Safe to repeat, and in any order: the newest counts, and of a moment's bounces the lasting one. */
export async function takeFeedback(stores: Stores, feedback: MailFeedback): Promise<void> {
  const { mailMarks, verifiedEmails, shelf } = stores.forTenant(feedback.tenant)
  const mark = markOf(feedback)
  if (mark === undefined) return mailMarks.clear(feedback.address, feedback.at)
  const holder = await verifiedEmails.find(feedback.address)
  const event = shelf.event('mail.marked', {
    ...(holder?.kind === 'user' ? { userId: holder.userId } : {}),
    data: { reason: mark.reason, permanent: mark.permanent, ...(mark.status === undefined ? {} : { status: mark.status }) },
  })
  await mailMarks.put(feedback.address, mark, event)
}
