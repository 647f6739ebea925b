/** The Log as lines of JSON in a file that is rotated by size. Lines are gathered and written a few times a second: a request waits for none. */
import type { Clock } from '@gatehouse/ports/clock.ts'
import type { Log, LogLevel } from '@gatehouse/ports/log.ts'
import { RANK, renderLine } from './render_line.ts'
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
