/** The log lines of a stage's functions, oldest first; with `follow` also those that come. */
import type { CloudWatchLogsClient, FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs'
import { clientSettings } from './clients.ts'
import type { StageOutputs } from './outputs.ts'
import { asking, StageRefusal } from './refusal.ts'

export type LogsAsked = {
  /** One function, or all of them. */
  readonly function: string | undefined
  /** Milliseconds since the epoch. */
  readonly since: number
  readonly tenant: string | undefined
  readonly follow: boolean
}
export type StageLogLine = { readonly at: number; readonly function: string; readonly text: string }

/** A person reads no more than this at once; the rest is narrowed by flags. */
const MOST_LINES = 10_000
const FOLLOW_MILLISECONDS = 2_000
/** Lines arrive late and out of order: each look goes back so far, and what was shown is not shown again. */
const OVERLAP_MILLISECONDS = 30_000

/** Resolves when all that there is was told; with `follow`, when `signal` is aborted. */
export async function readLogs(
  outputs: StageOutputs,
  asked: LogsAsked,
  tell: (line: StageLogLine) => void,
  signal: AbortSignal,
): Promise<{ readonly more: boolean }> {
  const names = asked.function === undefined ? Object.keys(outputs.functions) : [asked.function]
  const { CloudWatchLogsClient } = await import('@aws-sdk/client-cloudwatch-logs')
  const client = new CloudWatchLogsClient(clientSettings(outputs.region))
  const shown = new Map<string, number>()
  let from = asked.since
  try {
    for (;;) {
      const until = Date.now()
      const pages = await inTurn(names, (name) => linesOf(client, outputs, name, { ...asked, since: from }))
      const fresh = pages.flatMap(({ lines }) => lines).filter(({ id }) => !shown.has(id))
      for (const { id, line } of fresh.sort((a, b) => a.line.at - b.line.at)) {
        shown.set(id, line.at)
        tell(line)
      }
      if (!asked.follow) return { more: pages.some(({ more }) => more) }
      from = Math.max(from, until - OVERLAP_MILLISECONDS)
      for (const [id, at] of shown) if (at < from) shown.delete(id)
      await pause(FOLLOW_MILLISECONDS, signal)
      if (signal.aborted) return { more: false }
    }
  } finally {
    client.destroy()
  }
}

type Page = { readonly lines: { readonly id: string; readonly line: StageLogLine }[]; readonly more: boolean }

async function linesOf(client: CloudWatchLogsClient, outputs: StageOutputs, name: string, asked: LogsAsked): Promise<Page> {
  const group = outputs.functions[name]?.logGroup
  if (group === undefined)
    throw new StageRefusal(`the stage "${outputs.stage}" has no function "${name}"; it has ${Object.keys(outputs.functions).join(', ')}`)
  const { FilterLogEventsCommand } = await import('@aws-sdk/client-cloudwatch-logs')
  const found: FilteredLogEvent[] = []
  let nextToken: string | undefined
  do {
    const page = await asking(`read the logs of ${name}`, () =>
      client.send(
        new FilterLogEventsCommand({
          logGroupName: group,
          startTime: asked.since,
          nextToken,
          ...(asked.tenant === undefined ? {} : { filterPattern: `{ $.tenant = ${JSON.stringify(asked.tenant)} }` }),
        }),
      ),
    ).catch((error: unknown) => {
      // A function that was never called has no group yet.
      if (error instanceof StageRefusal && error.code === 'ResourceNotFoundException') return { events: [], nextToken: undefined }
      throw error
    })
    found.push(...(page.events ?? []))
    nextToken = page.nextToken
  } while (nextToken !== undefined && found.length < MOST_LINES)
  const lines = found.map((event) => ({
    id: event.eventId ?? `${name} ${event.timestamp} ${event.message}`,
    line: { at: event.timestamp ?? 0, function: name, text: (event.message ?? '').trimEnd() },
  }))
  return { lines, more: nextToken !== undefined }
}

/** One after the other: FilterLogEvents is allowed a few times a second in an account. */
async function inTurn<Result>(names: readonly string[], ask: (name: string) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  for (const name of names) results.push(await ask(name))
  return results
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      resolve()
    })
  })
}
