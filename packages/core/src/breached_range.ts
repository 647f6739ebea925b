/**
 * The answer of a range look-up of breached passwords: lines of `{35 hex}:{count}`, the rest of the SHA-1 of each password whose first five digits were asked for.
 * A count of 0 is padding, which hides from an onlooker how long the answer is. What reads otherwise is no answer.
 */

export type RangeAnswer = ReadonlySet<string>

const LINE = /^([0-9A-F]{35}):(\d{1,12})$/
/** A range has about 2,000 lines with its padding. */
const MOST_LINES = 10_000

/** Undefined: this is no such answer, so it says nothing of any password. */
export function parseRange(body: string): RangeAnswer | undefined {
  const lines = body.split('\n').map((line) => line.trim().toUpperCase())
  const given = lines.at(-1) === '' ? lines.slice(0, -1) : lines
  if (given.length === 0 || given.length > MOST_LINES) return undefined
  const found = new Set<string>()
  for (const line of given) {
    const [, suffix, count] = LINE.exec(line) ?? []
    if (suffix === undefined) return undefined
    if (Number(count) > 0) found.add(suffix)
  }
  return found
}
