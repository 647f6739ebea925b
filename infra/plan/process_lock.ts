/** One process at a time: suites run in several, and all of them need the same half gigabyte, the same bundles. */
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const WAIT_SECONDS = 300

/** A lock whose holder is gone is taken over. */
export async function withProcessLock(file: string, body: () => Promise<void>): Promise<void> {
  mkdirSync(dirname(file), { recursive: true })
  const end = Date.now() + WAIT_SECONDS * 1000
  while (!take(file)) {
    if (Date.now() > end) throw new Error(`another process has held ${file} for ${WAIT_SECONDS} s`)
    await pause(250)
  }
  try {
    await body()
  } finally {
    rmSync(file, { force: true })
  }
}

function take(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' })
    return true
  } catch {
    const holder = readHolder(file)
    if (holder !== undefined && !isAlive(holder)) rmSync(file, { force: true })
    return false
  }
}

/** Undefined while it is being written, or gone. */
function readHolder(file: string): number | undefined {
  const there = statSync(file, { throwIfNoEntry: false })
  return there && there.size > 0 ? Number(readFileSync(file, 'utf8')) : undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
