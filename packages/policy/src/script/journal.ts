/**
 * The journal of one sign-in: what the script was asked and answered, in the order of its calls (design, section 9). Reads it, and writes it at its end. What was
 * only read since the last record is kept in memory, and written with what comes next; nothing is done before what led to it is written.
 */
import type { HouseEvent } from '@gatehouse/core/event.ts'
import type { InteractionId } from '@gatehouse/core/ids.ts'
import type { Value } from '@gatehouse/ports/table.ts'
import type { JournalAnswer, JournalRecord } from '@gatehouse/store/adaptive_journal.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

type Began = NonNullable<JournalRecord['began']>

export type Journal = {
  readonly began: Began
  /** Written, of this beginning. */
  readonly answers: readonly JournalAnswer[]
  /** Answered since, and not written yet. */
  readonly pending: JournalAnswer[]
  /** How many records there are, of earlier beginnings too. */
  readonly length: number
  /** Whether this beginning is written. */
  readonly written: boolean
  readonly reserved: JournalRecord['reserved']
  readonly ended: Value | undefined
}

/** More than a person does in one sign-in, and more than a script needs. */
export const MOST_RECORDS = 120

export async function readJournal(ctx: TenantContext, id: InteractionId, fresh: Began): Promise<Journal> {
  const records = await ctx.stores.adaptiveJournals.read(id)
  const start = records.findLastIndex(({ began }) => began !== undefined)
  const own = start === -1 ? [] : records.slice(start)
  return {
    began: own[0]?.began ?? fresh,
    answers: own.flatMap(({ answers }) => answers),
    pending: [],
    length: records.length,
    written: start !== -1,
    reserved: own.at(-1)?.reserved,
    ended: own.at(-1)?.ended,
  }
}

/** The same sign-in from its beginning: another person, or proofs that are not there any more. What was done stays done. */
export function beginAnew(journal: Journal, fresh: Began): Journal {
  return { began: fresh, answers: [], pending: [], length: journal.length, written: false, reserved: undefined, ended: undefined }
}

export type Appending = {
  readonly id: InteractionId
  readonly expiresAt: number
  readonly journal: Journal
  readonly reserved?: JournalRecord['reserved']
  readonly ended?: Value
  readonly event?: HouseEvent
}

/** The journal as it is then; undefined when somebody else wrote there first: it is to be read again. */
export async function append(
  ctx: TenantContext,
  { id, expiresAt, journal, reserved, ended, event }: Appending,
): Promise<Journal | undefined> {
  const record: JournalRecord = {
    ...(journal.written ? {} : { began: journal.began }),
    answers: journal.pending,
    ...(reserved === undefined ? {} : { reserved }),
    ...(ended === undefined ? {} : { ended }),
  }
  if (!(await ctx.stores.adaptiveJournals.append(id, journal.length, record, expiresAt, event))) return undefined
  return {
    began: journal.began,
    answers: [...journal.answers, ...journal.pending],
    pending: [],
    length: journal.length + 1,
    written: true,
    reserved,
    ended: ended ?? journal.ended,
  }
}
