/** The Log of a function: one line of JSON on the standard output, which Lambda keeps. Written before the answer leaves: what is buffered may freeze with the container. */
import { writeSync } from 'node:fs'
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Log, LogLevel } from '@gatehouse/ports/log.ts'
import { RANK, renderLine } from './render_line.ts'

const STANDARD_OUTPUT = 1

/** `facts`: the same in every line. */
export function openStdoutLog(options: {
  readonly clock: Clock
  readonly facts?: Readonly<Record<string, string>>
  readonly level?: LogLevel
}): Log {
  const { clock, facts = {}, level: least = 'info' } = options
  return {
    write(level, message, fields) {
      if (RANK[level] < RANK[least]) return
      writeOut(`${renderLine(clock.now(), level, message, { ...facts, ...fields })}\n`)
    },
  }
}

/** At once, and without the stream that `process.stdout` would load; a pipe that is full for a moment gets it by that stream. */
function writeOut(line: string): void {
  try {
    writeSync(STANDARD_OUTPUT, line)
  } catch {
    process.stdout.write(line)
  }
}
