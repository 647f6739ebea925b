/** Before the suites: the plans begin to be computed, once for all tests of them. Laying sst's platform out takes a while, in which other suites run. */
import { fork } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { BROKEN, PLANS, WHY_NOT } from './plan_files.ts'

export function setup(): () => Promise<void> {
  for (const file of [PLANS, WHY_NOT, BROKEN]) rmSync(file, { force: true })
  const computing = fork(fileURLToPath(new URL('compute_plans.ts', import.meta.url)))
  const ended = new Promise<void>((resolve) => {
    computing.once('exit', (code, signal) => {
      if (code !== 0) writeFileSync(BROKEN, `computing the plans ended with ${code ?? signal}`)
      resolve()
    })
  })
  return async () => {
    computing.kill()
    await ended
  }
}
