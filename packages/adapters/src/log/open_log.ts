/** The Log as lines of JSON in a file that is rotated by size. Lines are gathered and written a few times a second: a request waits for none. */
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Log, LogLevel } from '@gatehouse/ports/log.ts'
import { openRotatingFile } from './rotating_file.ts'

export type LogOptions = {
  readonly clock: Clock
  readonly file: string
  /** Default `info`. */
  readonly level?: LogLevel
  /** Warnings and errors are shown here too, as they happen. */
  readonly show?: (line: string) => void
  /** Default 32 MiB. */
  readonly maximumBytes?: number
  /** Rotated files beside the current one. Default 4. */
  readonly keptFiles?: number
}

export type OpenLog = Log & {
  flush(): void
  close(): void
}

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warn: 2, error: 3 }
const FLUSH_MILLISECONDS = 200
const FLUSH_CHARACTERS = 65_536

export function openLog(options: LogOptions): OpenLog {
  const { clock, show, level: least = 'info', maximumBytes = 32 * 1024 * 1024, keptFiles = 4 } = options
  const file = openRotatingFile(options.file, maximumBytes, keptFiles)
  let lines: string[] = []
  let characters = 0
  let timer: NodeJS.Timeout | undefined

  function flush(): void {
    clearTimeout(timer)
    timer = undefined
    if (lines.length === 0) return
    const text = lines.join('')
    lines = []
    characters = 0
    try {
      file.append(text)
    } catch (error) {
      // A full disk must not stop the sign-ins that it cannot log.
      process.emitWarning(`The log could not be written: ${String(error)}`, { code: 'GATEHOUSE_LOG_LOST' })
    }
  }

  // What was written a moment before the process ends is what one wants to read.
  process.on('exit', flush)

  return {
    flush,
    write(level, message, fields) {
      if (RANK[level] < RANK[least]) return
      const line = `${renderLine(clock.now(), level, message, fields)}\n`
      lines.push(line)
      characters += line.length
      if (RANK[level] >= RANK.warn) show?.(line.trimEnd())
      if (characters >= FLUSH_CHARACTERS) flush()
      else timer ??= setTimeout(flush, FLUSH_MILLISECONDS).unref()
    },
    close() {
      process.off('exit', flush)
      flush()
      file.close()
    },
  }
}

/** JSON escapes line breaks, so one event is one line whatever a field holds; no field takes the place of time, level or message. */
export function renderLine(now: number, level: LogLevel, message: string, fields: Readonly<Record<string, unknown>> = {}): string {
  const head = { time: new Date(now).toISOString(), level, message }
  try {
    // A replacer is asked for every value; the lines of requests hold nothing that needs it.
    return JSON.stringify({ ...head, ...fields, ...head }, Object.values(fields).some(needsReading) ? readable : undefined)
  } catch (error) {
    return JSON.stringify({ ...head, fieldsLost: String(error) })
  }
}

function needsReading(value: unknown): boolean {
  return typeof value === 'bigint' || (typeof value === 'object' && value !== null)
}

function readable(_name: string, value: unknown): unknown {
  if (typeof value === 'bigint') return String(value)
  if (!(value instanceof Error)) return value
  const { name, message, stack, cause } = value
  return { name, message, stack, ...('detail' in value && { detail: value.detail }), ...(cause !== undefined && { cause }) }
}
