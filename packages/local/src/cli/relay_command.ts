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
  const { handled, failed } = countsOf(answer)
  say(`${handled} handled, ${failed} failed again${failed > 0 ? ', and kept: "gatehouse logs" says why' : ''}`)
  if (failed > 0) throw new BadCommand('not everything could be handled')
}

async function replayAtStage(place: Asked['place'], operation: unknown): Promise<unknown> {
  const { invoke } = await import('@gatehouse/stage/invoke.ts')
  return invoke(await place.stage(), 'relay', operation)
}

function countsOf(answer: unknown): { handled: number; failed: number } {
  const of = (name: string): number => {
    const value = answer !== null && typeof answer === 'object' ? (answer as Record<string, unknown>)[name] : undefined
    if (typeof value !== 'number') throw new BadCommand(`the relay answers as another version would: ${JSON.stringify(answer)}`)
    return value
  }
  return { handled: of('handled'), failed: of('failed') }
}
