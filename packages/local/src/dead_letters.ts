/** Events that no try could handle: kept as lines in a file, with the reason, so that an operator can see them and have them handled again. */
import { appendFile, readFile, rename, writeFile } from 'node:fs/promises'
import type { HouseEvent } from '@gatehouse/core/event.ts'

export type DeadLetters = {
  keep(event: HouseEvent, error: unknown): Promise<void>
  /** Handles what failed at that time or later. What fails again stays in the file, with its new reason. */
  replay(from: number, handle: (event: HouseEvent) => Promise<void>): Promise<Replayed>
}
/** How many were handled again, and the ids of those that failed again. */
export type Replayed = { readonly records: number; readonly failed: readonly string[] }

type Letter = { readonly failedAt: string; readonly error: string; readonly event: HouseEvent }

export function deadLetterFile(file: string): DeadLetters {
  let last: Promise<unknown> = Promise.resolve()
  /** One after the other: what is kept while the file is written anew must not be lost. */
  const inTurn = <Result>(work: () => Promise<Result>): Promise<Result> => {
    const mine = last.then(work)
    last = mine.catch(() => {})
    return mine
  }
  return {
    keep: (event, error) => inTurn(() => appendFile(file, lineOf(event, error), { mode: 0o600 })),
    replay: (from, handle) =>
      inTurn(async () => {
        const kept: string[] = []
        const failed: string[] = []
        let records = 0
        for (const line of await linesOf(file)) {
          const letter = JSON.parse(line) as Letter
          if (Date.parse(letter.failedAt) < from) {
            kept.push(`${line}\n`)
            continue
          }
          records += 1
          try {
            await handle(letter.event)
          } catch (error) {
            failed.push(letter.event.id)
            kept.push(lineOf(letter.event, error))
          }
        }
        // Written beside and moved: a crash in between handles again what is idempotent, and loses nothing.
        if (records > 0) {
          await writeFile(`${file}.fresh`, kept.join(''), { mode: 0o600 })
          await rename(`${file}.fresh`, file)
        }
        return { records, failed }
      }),
  }
}

function lineOf(event: HouseEvent, error: unknown): string {
  const letter: Letter = { failedAt: new Date().toISOString(), error: String(error), event }
  return `${JSON.stringify(letter)}\n`
}

async function linesOf(file: string): Promise<string[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return text.split('\n').filter((line) => line !== '')
}
