/** Events that no try could handle: kept as lines in a file, with the reason, so that an operator can see and replay them. */
import { appendFile } from 'node:fs/promises'
import type { HouseEvent } from '@gatehouse/core/event.ts'

export function deadLetterFile(file: string): (event: HouseEvent, error: unknown) => Promise<void> {
  return (event, error) =>
    appendFile(file, `${JSON.stringify({ failedAt: new Date().toISOString(), error: String(error), event })}\n`, { mode: 0o600 })
}
