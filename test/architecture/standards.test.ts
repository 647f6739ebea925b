/** `docs/standards.md` names files and tests that are there. */
import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const root = new URL('../../', import.meta.url)
const rows = readFileSync(new URL('docs/standards.md', root), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('|') && line.includes('`'))

test('every row names a file and a test', () => {
  expect(rows.length).toBeGreaterThan(30)
  for (const row of rows) expect([...row.matchAll(/`([\w./-]+\.tsx?)`/g)].length, row).toBeGreaterThanOrEqual(2)
})

test('every file that it names is there', () => {
  const paths = rows.flatMap((row) => [...row.matchAll(/`([\w./-]+\.tsx?)`/g)].map(([, path = '']) => path))
  expect(paths.filter((path) => !existsSync(new URL(path, root)))).toEqual([])
})
