/**
 * Suites that need something the machine may lack (a Java emulator, an Apache). Where it is there they run; where not they are
 * skipped with a reason and the variable that would run them; with `GATEHOUSE_REQUIRE_EXTRAS=1` they fail instead.
 */
import { describe, test } from 'vitest'

export type Extra = {
  readonly found: boolean
  /** What is missing, as the end of a sentence: `no Java on this machine`. */
  readonly reason: string
  /** How to have it run: `GATEHOUSE_DYNAMODB_ENDPOINT=http://localhost:8000`. */
  readonly variable: string
}

export function describeExtra(name: string, extra: Extra, body: () => void): void {
  if (extra.found) return void describe(name, body)
  const note = `${extra.reason}; ${extra.variable} runs it`
  describe(name, () => {
    test('needs an extra', ({ skip }) => {
      if (process.env.GATEHOUSE_REQUIRE_EXTRAS === '1') throw new Error(note)
      skip(note)
    })
  })
}
