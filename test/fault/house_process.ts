/** The house as `npm start` runs it: a process of its own, with its own data directory and ports. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { openJar } from '../fixture/browser_jar.ts'

const START = fileURLToPath(new URL('../../packages/local/start.mjs', import.meta.url))

export type Ended = {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly said: string
  readonly complained: string
}

export type HouseProcess = {
  readonly child: ChildProcess
  /** Resolves with what it printed once it is open; rejects when it ends before. */
  readonly opened: Promise<string>
  readonly ended: Promise<Ended>
}

/** `before`: words for Node itself. Killed at the end of the test at the latest. */
export function startProcess(words: readonly string[], { script = START, before = [] as readonly string[] } = {}): HouseProcess {
  const child = spawn(process.execPath, [...before, script, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: withoutSettings(process.env),
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  let said = ''
  let complained = ''
  child.stderr.on('data', (text) => {
    complained += String(text)
  })
  const ended = new Promise<Ended>((resolve) => child.on('close', (code, signal) => resolve({ code, signal, said, complained })))
  const opened = new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (text) => {
      said += String(text)
      if (said.includes('open after')) resolve(said)
    })
    void ended.then(({ code, signal }) =>
      reject(new Error(`the house ended with ${code ?? signal} before it was open:\n${said}${complained}`)),
    )
  })
  // Whoever waits for the end only does not ask whether it was open.
  opened.catch(() => undefined)
  return { child, opened, ended }
}

/** Somebody without a browser, at the house that listens on this port. */
export function visitor(port: number) {
  const origin = `http://localhost:${port}`
  return openJar({
    origin,
    fetch: (path, { ip: _, ...init } = {}) =>
      fetch(new URL(path, origin), { ...init, redirect: 'manual', signal: AbortSignal.timeout(60_000) }),
  })
}

/** What the tests' own environment says about a house is not for this one. */
function withoutSettings(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('GATEHOUSE_') && !name.startsWith('VITEST')))
}
