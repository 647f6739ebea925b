/** `logs`: the functions' lines at a stage, the log files of a house of this machine. */
import { type Asked, exactly } from './command.ts'
import { readLocalLogs } from './local_logs.ts'
import { isNoise, parseLogLine, renderLogLine } from './log_line.ts'
import { parseTime } from './time.ts'

export async function showLogs({ words, flags, place, say }: Asked): Promise<void> {
  exactly(words, 0, 'logs [--function F] [--since 15m] [--tenant T] [--follow]')
  const since = parseTime('--since', flags.since ?? '15m', Date.now())
  const follow = flags.follow === true
  const stop = new AbortController()
  const interrupt = (): void => stop.abort()
  process.once('SIGINT', interrupt)
  try {
    const show = (text: string, from?: string): void => {
      const line = lineOf(text, from, flags.json === true)
      if (line !== undefined) say(line)
    }
    if (place.stageName === undefined) {
      const wanted = (line: string): boolean => isWanted(line, { since, function: flags.function, tenant: flags.tenant })
      return await readLocalLogs(place.data, follow, (line) => wanted(line) && show(line), stop.signal)
    }
    const { readLogs } = await import('@gatehouse/stage/read_logs.ts')
    const asked = { function: flags.function, since, tenant: flags.tenant, follow }
    const { more } = await readLogs(await place.stage(), asked, (line) => show(line.text, line.function), stop.signal)
    if (more) say('there is more: narrow it with --since, --function or --tenant')
  } finally {
    process.off('SIGINT', interrupt)
  }
}

/** `--json` gives each line as it was written. */
function lineOf(text: string, from: string | undefined, json: boolean): string | undefined {
  if (json) return text
  const fields = parseLogLine(text)
  if (!fields) return renderLogLine({ message: text }, from)
  return isNoise(fields) ? undefined : renderLogLine(fields, from)
}

function isWanted(line: string, wanted: { since: number; function: string | undefined; tenant: string | undefined }): boolean {
  const { time, app, tenant } = parseLogLine(line) ?? {}
  if (typeof time === 'string' && Date.parse(time) < wanted.since) return false
  return (wanted.function === undefined || app === wanted.function) && (wanted.tenant === undefined || tenant === wanted.tenant)
}
