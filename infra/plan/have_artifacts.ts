/** The functions' bundles and the bucket's files, as they are deployed: built by the house's own build, once for all processes that look at them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildFunctions } from '@gatehouse/lambda/build.mjs'
import { ROOT } from './lay_out_platform.ts'
import { withProcessLock } from './process_lock.ts'

/** Gives what they were made of, as one word. */
export async function haveArtifacts(): Promise<string> {
  await withProcessLock(join(ROOT, '.build/lambda.lock'), async () => {
    await buildFunctions()
  })
  return readFile(join(ROOT, '.build/lambda/built.stamp'), 'utf8')
}
