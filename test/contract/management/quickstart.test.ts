/** `npm run quickstart` in a process of its own: a scenario is chosen, lived in, and cleaned up however it is left. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../../free_port.ts'
import { ROOT } from '../../house.ts'

type Menu = {
  readonly child: ChildProcess
  readonly port: number
  readonly samplesPort: number
  said(): string
  /** Resolves when it has said that. */
  hears(text: string): Promise<void>
  types(text: string): void
  /** The exit code. */
  ended(): Promise<number | null>
}

let folder: string
let open: Menu | undefined
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-quickstart-test-'))
})
afterEach(async () => {
  if (open?.child.exitCode === null) open.child.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

async function quickstart(words: readonly string[] = [], after: readonly string[] = []): Promise<Menu> {
  const [port, samplesPort] = [await freePort(), await freePort()]
  const flags = ['--port', String(port), '--samples-port', String(samplesPort)]
  const child = spawn(process.execPath, [join(ROOT, 'packages/local/start.mjs'), '--quickstart', ...words, ...flags, ...after], {
    env: { ...process.env, TMPDIR: folder },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let said = ''
  const keep = (text: Buffer) => {
    said += text.toString()
  }
  child.stdout.on('data', keep)
  child.stderr.on('data', keep)
  const end = new Promise<number | null>((resolve) => child.on('close', resolve))
  open = {
    child,
    port,
    samplesPort,
    said: () => said,
    async hears(text) {
      for (;;) {
        if (said.includes(text)) return
        if (child.exitCode !== null) throw new Error(`it ended without saying "${text}":\n${said}`)
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
    },
    types: (text) => void child.stdin.write(text),
    ended: () => end,
  }
  return open
}

async function isFree(port: number): Promise<boolean> {
  return fetch(`http://localhost:${port}/`).then(
    () => false,
    () => true,
  )
}

async function expectNothingLeft(menu: Menu): Promise<void> {
  expect(menu.said()).toContain('cleaned up')
  expect(await readdir(folder)).toEqual([])
  expect([await isFree(menu.port), await isFree(menu.samplesPort)]).toEqual([true, true])
}

test('enter 6: the house answers, its people are told; Enter cleans up', async () => {
  const menu = await quickstart()
  await menu.hears('Enter the scenario number')
  expect(menu.said()).toMatch(/ 2 .*Single sign-on.* 5 .*Self-registration.* 6 .*workflow/s)

  menu.types('6\n')
  await menu.hears('Press Enter')
  const page = await fetch(`http://localhost:${menu.port}/t/main/login`)
  const sample = await fetch(`http://localhost:${menu.samplesPort}/pickup-dispatch`)
  expect([page.status, sample.status]).toEqual([200, 200])
  expect(menu.said()).toContain(`http://localhost:${menu.samplesPort}/pickup-dispatch`)
  expect(menu.said()).toMatch(/alex \/ alex123.*cameron \/ cameron123/s)
  expect(await readdir(folder)).toHaveLength(1)
  menu.types('\n')

  expect(await menu.ended()).toBe(0)
  await expectNothingLeft(menu)
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s cleans up as well', async (signal) => {
  // The number may stand behind the flags.
  const menu = await quickstart([], ['2'])
  await menu.hears('Press Enter')

  menu.child.kill(signal)

  expect(await menu.ended()).toBe(0)
  await expectNothingLeft(menu)
})

test('a terminal that goes away cleans up as well', async () => {
  const menu = await quickstart()
  await menu.hears('Enter the scenario number')
  menu.types('5\n')
  await menu.hears('Press Enter')

  menu.child.stdin?.end()

  expect(await menu.ended()).toBe(0)
  await expectNothingLeft(menu)
})

test('a number that is none is asked again; q leaves without having made anything', async () => {
  const menu = await quickstart()
  await menu.hears('Enter the scenario number')
  menu.types('99\n')
  await menu.hears('there is no scenario 99')

  menu.types('q\n')

  expect(await menu.ended()).toBe(0)
  expect(await readdir(folder)).toEqual([])
})

test.each([
  ['a scenario that is none', ['9'], 'there is no scenario 9; choose one of 2, 5, 6'],
  ['two scenarios', ['5', '6'], 'one scenario at a time, not 5 6'],
  ['an address that others reach', ['6', '--host', '0.0.0.0', '--origin', 'http://id.example.org'], 'on a loopback address only'],
])('%s is refused in a sentence', async (_what, words, sentence) => {
  const menu = await quickstart(words)

  expect(await menu.ended()).toBe(1)
  expect(menu.said()).toContain(sentence)
  expect(menu.said()).not.toMatch(/^\s+at /m)
})
