/** Measures where it is asked to, and writes the tables of docs/cost.md between their marks. */
import { readFile, writeFile } from 'node:fs/promises'
import { measure } from './measure.ts'
import { renderTables, withTables } from './render.ts'
import type { Measured } from './workload.ts'

export async function run(words: readonly string[], root: URL): Promise<void> {
  const kept = new URL('infra/cost/measured.json', root)
  if (words.includes('--measure')) await writeFile(kept, `${JSON.stringify(await measure(), undefined, 2)}\n`)
  const measured = JSON.parse(await readFile(kept, 'utf8')) as Measured
  const document = new URL('docs/cost.md', root)
  const tables = renderTables(measured)
  await writeFile(document, withTables(await readFile(document, 'utf8'), tables))
  console.log(tables['a-month'])
}
