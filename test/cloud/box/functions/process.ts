/** One execution environment: a process of its own that imports one bundle and takes one event at a time. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

export type Failure = { readonly errorType: string; readonly errorMessage: string; readonly trace?: readonly string[] }
export type Outcome = { readonly result?: unknown; readonly error?: Failure }

export type FunctionProcess = {
  /** Resolves always; a process that ends meanwhile is an outcome too. */
  invoke(event: unknown, context: Readonly<Record<string, unknown>>, timeoutMilliseconds: number): Promise<Outcome>
  /** False once it ended. */
  alive(): boolean
  /** At once, whatever it is doing. */
  kill(): Promise<void>
}

export type Street = Readonly<Record<string, { readonly address: string; readonly port: number }>>

export type ProcessOptions = {
  readonly bundle: string
  readonly folder: string
  readonly environment: Readonly<Record<string, string>>
  /** Name -> what listens there: see `street.mjs`. */
  readonly street: Street
  /** `address:port`: all that it hears of DNS. */
  readonly nameServer: string
  readonly line: (text: string) => void
  readonly ended: () => void
}

const BOOTSTRAP = fileURLToPath(new URL('bootstrap.mjs', import.meta.url))

type Message = Outcome & { readonly ready?: true }

export function startProcess({ bundle, folder, environment, street, nameServer, line, ended }: ProcessOptions): FunctionProcess {
  const child = fork(BOOTSTRAP, [bundle, JSON.stringify(street), nameServer], {
    cwd: folder,
    env: environment,
    execArgv: [],
    silent: true,
    serialization: 'json',
  })
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  void exited.then(ended)
  readLines(child.stdout, line)
  readLines(child.stderr, line)
  const ready = next(child)

  return {
    async invoke(event, context, timeoutMilliseconds) {
      const opened = await ready
      if (opened.error) return opened
      const answer = next(child)
      const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMilliseconds)
      const began = Date.now()
      child.send({ event, context: { ...context, deadline: began + timeoutMilliseconds } })
      const outcome = await answer
      clearTimeout(timer)
      if (outcome.error?.errorType !== 'Runtime.ExitError' || Date.now() - began < timeoutMilliseconds) return outcome
      return failure('Sandbox.Timedout', `Task timed out after ${(timeoutMilliseconds / 1000).toFixed(2)} seconds`)
    },
    alive: () => child.exitCode === null && child.signalCode === null,
    async kill() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** What the process says next, or that it ended before it said anything. */
function next(child: ChildProcess): Promise<Message> {
  return new Promise((resolve) => {
    const said = (message: unknown) => {
      child.removeListener('exit', gone)
      resolve(message as Message)
    }
    const gone = (code: number | null, signal: string | null) => {
      child.removeListener('message', said)
      resolve(failure('Runtime.ExitError', `Runtime exited with ${signal === null ? `status ${code}` : `signal ${signal}`}`))
    }
    child.once('message', said)
    child.once('exit', gone)
  })
}

function failure(errorType: string, errorMessage: string): Outcome {
  return { error: { errorType, errorMessage } }
}

function readLines(stream: NodeJS.ReadableStream | null, line: (text: string) => void): void {
  let rest = ''
  stream?.setEncoding('utf8').on('data', (chunk: string) => {
    const lines = `${rest}${chunk}`.split('\n')
    rest = lines.pop() ?? ''
    for (const one of lines) line(one)
  })
  stream?.on('end', () => rest !== '' && line(rest))
}
