import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../../infra/plan/lay_out_platform.ts'
import { buildsFor, type Machine } from '../../infra/plan/toolchain.ts'
import { SST_VERSION } from '../../infra/providers.ts'

const read = (name: string) => JSON.parse(readFileSync(join(ROOT, 'infra/plan/toolchain', name), 'utf8'))
const { optionalDependencies: pinned } = read('package.json')

const MACHINES: readonly Machine[] = [
  { platform: 'linux', arch: 'x64', musl: false },
  { platform: 'linux', arch: 'x64', musl: true },
  { platform: 'linux', arch: 'arm64', musl: false },
  { platform: 'linux', arch: 'arm64', musl: true },
  { platform: 'darwin', arch: 'x64', musl: false },
  { platform: 'darwin', arch: 'arm64', musl: false },
]

describe("the toolchain of sst's platform", () => {
  test.each(MACHINES)('has one build of sst and one of bun for %o, each of one exact version', (machine) => {
    const { sst, bun } = buildsFor(machine)

    expect(`^${pinned[sst]}`).toBe(SST_VERSION)
    expect(pinned[bun]).toMatch(/^\d+\.\d+\.\d+$/)
  })

  test('brings no build that no machine takes', () => {
    const taken = MACHINES.flatMap((machine) => Object.values(buildsFor(machine)))

    expect(Object.keys(pinned).sort()).toEqual([...new Set(taken)].sort())
  })

  test('another C library is another bun, and the same sst', () => {
    expect(buildsFor({ platform: 'linux', arch: 'x64', musl: false })).toEqual({
      sst: 'sst-linux-x64',
      bun: '@oven/bun-linux-x64-baseline',
    })
    expect(buildsFor({ platform: 'linux', arch: 'arm64', musl: true })).toEqual({
      sst: 'sst-linux-arm64',
      bun: '@oven/bun-linux-aarch64-musl',
    })
  })

  test('a machine that neither is built for is told so', () => {
    expect(() => buildsFor({ platform: 'win32', arch: 'x64', musl: false })).toThrow("sst's platform cannot be laid out on win32 x64")
    expect(() => buildsFor({ platform: 'linux', arch: 's390x', musl: false })).toThrow('linux s390x')
  })

  test('of what is locked the content is known, and no address', () => {
    const { '': _, ...locked } = read('package-lock.json').packages as Record<string, Record<string, unknown>>

    for (const entry of Object.values(locked)) {
      expect(entry.integrity).toMatch(/^sha512-/)
      expect(entry.resolved).toBeUndefined()
    }
  })
})
