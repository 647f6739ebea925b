/** The records of the stream that were written last, handed on without being read back; each stands in the file, too, from which a later start goes on. */
import type { StreamRecord } from '@gatehouse/ports/stream.ts'

export type RecentRecords = {
  add(position: number, record: StreamRecord): void
  /** Up to `limit` records behind the position; undefined where only the file still has all of them. */
  behind(position: number, limit: number): readonly StreamRecord[] | undefined
  forgetUpTo(position: number): void
}

/** A relay that falls further behind reads the file. */
const MOST_RECORDS = 2_000

/** `position`: the last record that was written before. */
export function openRecentRecords(position: number, most = MOST_RECORDS): RecentRecords {
  let records: { readonly position: number; readonly record: StreamRecord }[] = []
  /** Every record behind it is here. */
  let start = position

  function forgetUpTo(end: number): void {
    const kept = records.findIndex((one) => one.position > end)
    records = kept === -1 ? [] : records.slice(kept)
    start = Math.max(start, end)
  }

  return {
    add(at, record) {
      records.push({ position: at, record })
      const oldest = records[0]
      if (records.length > most && oldest !== undefined) forgetUpTo(oldest.position)
    },
    behind(from, limit) {
      if (from < start) return undefined
      const first = records.findIndex((one) => one.position > from)
      return first === -1 ? [] : records.slice(first, first + limit).map(({ record }) => record)
    },
    forgetUpTo,
  }
}
