/** Type-checks `sst.config.ts`, with `infra/` and `stacks/`, against the types that the laid-out platform has: sst's globals are known nowhere else. */
import { execFile } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { layOutPlatform, PROJECT, ROOT } from './lay_out_platform.ts'

const OPTIONS = {
  target: 'esnext',
  lib: ['esnext', 'dom', 'dom.iterable'],
  module: 'preserve',
  moduleResolution: 'bundler',
  allowImportingTsExtensions: true,
  noEmit: true,
  strict: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: true,
  resolveJsonModule: true,
  types: ['node'],
  typeRoots: [join(ROOT, 'node_modules/@types')],
  // found from the house's own files, too, which lie outside the laid-out project
  paths: { '@pulumi/*': ['./.sst/platform/node_modules/@pulumi/*'] },
}

/** Gives the compiler's sentences about our files. The platform is TypeScript as well, and not written for our strictness. */
export async function checkTypes(): Promise<string[]> {
  await layOutPlatform()
  const config = join(PROJECT, 'tsconfig.json')
  const files = ['sst.config.ts', '../../infra/plan/mocked_run.ts']
  writeFileSync(config, JSON.stringify({ compilerOptions: OPTIONS, files }, undefined, 2))
  const said = await new Promise<string>((resolve) => {
    execFile(
      join(ROOT, 'node_modules/.bin/tsc'),
      ['-p', config, '--pretty', 'false'],
      { cwd: ROOT, maxBuffer: 2 ** 26 },
      (_error, stdout, stderr) => resolve(stdout + stderr),
    )
  })
  const lines = said.split('\n').filter((line) => line !== '')
  return lines.filter((line) => !line.startsWith('.build/plan/.sst/') && !/^\s/.test(line))
}
