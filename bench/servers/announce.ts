/** How a server of the bench speaks with the bench: it says where it is, and on request how much processor time it has used. */
import { openProfiler } from './profile.ts'

export type Announcement = { readonly issuer: string }

/** Microseconds of user and system time of the whole process, its thread pool included. */
export type Answer = { readonly cpuMicroseconds: number }

/** Ends a profile that the word `profile` began, and writes it. */
export type EndOfProfile = { readonly profileFile: string }

/** Over the process's own channel, so that asking costs no request. */
export function announce(announcement: Announcement, close: () => Promise<void> | void): void {
  const send = process.send?.bind(process)
  if (send === undefined) {
    console.log(JSON.stringify(announcement))
    return
  }
  const profiler = openProfiler()
  process.on('message', (question) => {
    if (question === 'cpu') send(answer())
    if (question === 'profile') profiler.start()
    if (isEndOfProfile(question)) profiler.write(question.profileFile)
  })
  process.on('disconnect', () => void close())
  send(announcement)
}

function answer(): Answer {
  const { user, system } = process.cpuUsage()
  return { cpuMicroseconds: user + system }
}

function isEndOfProfile(question: unknown): question is EndOfProfile {
  return typeof question === 'object' && question !== null && 'profileFile' in question
}
