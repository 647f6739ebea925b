/** `relay replay`: events that no try could handle are handled again, once their cause is gone. */
import { BadCommand } from './bad_command.ts'
import { type Asked, exactly } from './command.ts'
import { askRunningHouse } from './running.ts'
import { parseTime } from './time.ts'

export async function replay({ words, flags, place, say }: Asked): Promise<void> {
  exactly(words, 0, 'relay replay --from TIME')
  if (flags.from === undefined)
    throw new BadCommand(
      'since when? --from 2026-11-26T09:00:00Z, or --from 2h for the last two hours: what failed then or later is handled again',
    )
  const operation = { replay: { from: new Date(parseTime('--from', flags.from, Date.now())).toISOString() } }
  const answer = place.stageName === undefined ? await askRunningHouse(place.data, operation) : await replayAtStage(place, operation)
  const { records, failed } = parseReplayed(answer)
  say(`${records - failed.length} handled, ${failed.length} failed again`)
  for (const one of failed) say(`  ${one}`)
  if (failed.length > 0) throw new BadCommand('not everything could be handled; what failed is kept, and "gatehouse logs" says why')
}

async function replayAtStage(place: Asked['place'], operation: unknown): Promise<unknown> {
  const { invoke } = await import('@gatehouse/stage/invoke.ts')
  return invoke(await place.stage(), 'relay', operation)
}

/** Of this machine's house and of the function `relay` alike. */
function parseReplayed(answer: unknown): { records: number; failed: readonly string[] } {
  if (answer !== null && typeof answer === 'object' && 'records' in answer && 'failed' in answer) {
    const { records, failed } = answer
    if (typeof records === 'number' && Array.isArray(failed)) return { records, failed: failed.map(String) }
  }
  throw new BadCommand(`the relay answers as another version would: ${JSON.stringify(answer)}`)
}
