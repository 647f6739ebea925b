/** What My Account is built of. `packages/portal/src/mantine.css` names what it needs of Mantine's styles, and nothing else. */
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { buildPortal } from '../../packages/local/build.mjs'
import { ROOT } from '../house.ts'

const MANTINE = createRequire(join(ROOT, 'packages/portal/package.json')).resolve('@mantine/core/styles.css')

let assets: string
let scripts: ReadonlySet<string>
let styles: ReadonlySet<string>

beforeAll(async () => {
  assets = join(await buildPortal({ quiet: true }), 'assets')
  scripts = classesOf(built('.js'))
  styles = classesOf(built('.css'))
})

test("React's build for developers is not what people get, though a test builds it", () => {
  expect(process.env.NODE_ENV).not.toBe('production')
  expect(built('.js')).not.toMatch(/jsxDEV|react_stack_bottom_frame|react-stack-bottom-frame/)
})

test('every class that a component of My Account carries, and that Mantine styles, is styled', () => {
  const styledByMantine = classesOf(readFileSync(MANTINE, 'utf8'))

  const carried = [...scripts].filter((name) => styledByMantine.has(name))

  expect(carried.length).toBeGreaterThan(100)
  expect(carried.filter((name) => !styles.has(name))).toEqual([])
})

test('no class is styled that no component of My Account carries', () => {
  expect([...styles].filter((name) => !scripts.has(name))).toEqual([])
})

function built(ending: string): string {
  const names = readdirSync(assets).filter((name) => name.endsWith(ending))
  return names.map((name) => readFileSync(join(assets, name), 'utf8')).join('\n')
}

/** Mantine's own are named by eight digits of a hash. */
function classesOf(text: string): Set<string> {
  return new Set(text.match(/\bm_[0-9a-f]{7,8}\b/g))
}
