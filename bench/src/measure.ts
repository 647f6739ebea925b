/** One row on one server: so many operations over a few connections, and the server's processor time for them. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Row } from './rows.ts'
import { median } from './statistics.ts'
import type { Subject } from './subject.ts'

export type Measurement = { readonly cpuMilliseconds: number; readonly perSecond: number; readonly latencyMilliseconds: number }

const CONNECTIONS = 8
/** What a server still does after its last answer (its outbox, its garbage) is part of the work. */
const SETTLE_MILLISECONDS = 120

/** `profileFile`: where a processor profile of it goes; a profiled measurement is slower, and no measurement. */
export async function measure(subject: Subject, row: Row, count: number, profileFile?: string): Promise<Measurement> {
  const workers = await Promise.all(Array.from({ length: CONNECTIONS }, () => row.prepare(subject.metadata)))
  const latencies: number[] = []
  await sleep(SETTLE_MILLISECONDS)

  const endProfile = profileFile === undefined ? undefined : subject.profile()
  const cpuBefore = await subject.cpuMilliseconds()
  const startedAt = performance.now()
  let left = count
  await Promise.all(
    workers.map(async (work) => {
      while (left > 0) {
        left -= 1
        const sentAt = performance.now()
        await work()
        latencies.push(performance.now() - sentAt)
      }
    }),
  )
  const seconds = (performance.now() - startedAt) / 1000
  await sleep(SETTLE_MILLISECONDS)
  const cpu = (await subject.cpuMilliseconds()) - cpuBefore
  if (profileFile !== undefined) endProfile?.(profileFile)
  return { cpuMilliseconds: cpu / count, perSecond: count / seconds, latencyMilliseconds: median(latencies) }
}
