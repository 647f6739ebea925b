/** A processor profile of the measured work alone, without the start of the server. Chromium's developer tools read it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { Session } from 'node:inspector'
import { join } from 'node:path'

const INTERVAL_MICROSECONDS = 250

/** Returns what ends the profile and writes it. */
export function startProfile(folder: string): () => void {
  const session = new Session()
  session.connect()
  session.post('Profiler.enable')
  session.post('Profiler.setSamplingInterval', { interval: INTERVAL_MICROSECONDS })
  session.post('Profiler.start')
  return () => {
    // Answered within the call: the session is of this very thread.
    session.post('Profiler.stop', (error, { profile }) => {
      if (error) throw error
      mkdirSync(folder, { recursive: true })
      writeFileSync(join(folder, `${process.pid}.cpuprofile`), JSON.stringify(profile))
    })
    session.disconnect()
  }
}
