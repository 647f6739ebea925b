/** How a server of the bench speaks with the bench: it says where it is, and on request how much processor time it has used. */
import { startProfile } from './profile.ts'

export type Announcement = { readonly issuer: string }

/** Microseconds of user and system time of the whole process, its thread pool included. */
export type Answer = { readonly cpuMicroseconds: number }

/** Over the process's own channel, so that asking costs no request. */
export function announce(announcement: Announcement, close: () => Promise<void> | void): void {
  const send = process.send?.bind(process)
  if (send === undefined) {
    console.log(JSON.stringify(announcement))
    return
  }
  const { BENCH_PROFILE: folder } = process.env
  const writeProfile = folder === undefined ? undefined : startProfile(folder)
  process.on('message', (question) => {
    if (question === 'cpu') send(answer())
  })
  process.on('disconnect', () => {
    writeProfile?.()
    void close()
  })
  send(announcement)
}

function answer(): Answer {
  const { user, system } = process.cpuUsage()
  return { cpuMicroseconds: user + system }
}
