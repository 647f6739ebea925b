/** Processor profiles of the measured work alone. Chromium's developer tools read them. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { dirname } from 'node:path'

const INTERVAL_MICROSECONDS = 250

export function openProfiler(): { start(): void; write(file: string): void } {
  const session = new Session()
  session.connect()
  return {
    start() {
      session.post('Profiler.enable')
      session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS })
      session.post('Profiler.start')
    },
    write(file) {
      // Answered within the call: the session is of this very thread.
      session.post('Profiler.stop', (error, { profile }) => {
        if (error) throw error
        mkdirSync(dirname(file), { recursive: true })
        writeFileSync(file, JSON.stringify(profile))
      })
      session.post('Profiler.disable')
    },
  }
}
