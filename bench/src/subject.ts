/** One server under measurement, in a process of its own. */
import { type ChildProcess, fork } from 'node:child_process'
import type { Announcement, Answer, EndOfProfile } from '../servers/announce.ts'
import { send } from './http_client.ts'

/** What the bench reads of a server's discovery document; a server without an endpoint has the empty string. */
export type Metadata = {
  readonly issuer: string
  readonly authorization_endpoint: string
  readonly token_endpoint: string
  readonly introspection_endpoint: string
  readonly userinfo_endpoint: string
}

export type Subject = {
  readonly name: SubjectName
  readonly metadata: Metadata
  /** Milliseconds of processor time used since the process began. */
  cpuMilliseconds(): Promise<number>
  /** Begins a processor profile; the function that it gives ends it and writes it to a file. */
  profile(): (file: string) => void
  close(): Promise<void>
}

export type SubjectName =
  | 'gatehouse'
  | 'bar'
  | 'floor'
  | 'oidc-provider'
  | 'oidc-provider, bare pages'
  | 'oidc-provider on SQLite'
  | 'gatehouse with hash'
  | 'oidc-provider with hash'

const START_MILLISECONDS = 60_000

/** `file` is run by this very Node; it must `announce`. */
export async function startSubject(name: SubjectName, file: URL, environment: Readonly<Record<string, string>>): Promise<Subject> {
  const child = fork(file, {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  const { issuer } = await next<Announcement>(child, 'issuer')
  return {
    name,
    metadata: await discover(issuer),
    async cpuMilliseconds() {
      const answer = next<Answer>(child, 'cpuMicroseconds')
      child.send('cpu')
      return (await answer).cpuMicroseconds / 1000
    },
    profile() {
      child.send('profile')
      return (profileFile) => void child.send({ profileFile } satisfies EndOfProfile)
    },
    close: () => close(child),
  }
}

function next<T extends object>(child: ChildProcess, key: keyof T & string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => end(() => reject(new Error(`a server said nothing for ${START_MILLISECONDS} ms`))), START_MILLISECONDS)
    const onExit = (code: number | null) => end(() => reject(new Error(`a server ended with code ${code}`)))
    const onMessage = (message: unknown) => {
      if (isAnswer<T>(message, key)) end(() => resolve(message))
    }
    function end(then: () => void): void {
      clearTimeout(timer)
      child.off('exit', onExit).off('message', onMessage)
      then()
    }
    child.on('exit', onExit).on('message', onMessage)
  })
}

function isAnswer<T extends object>(message: unknown, key: keyof T & string): message is T {
  return typeof message === 'object' && message !== null && key in message
}

async function discover(issuer: string): Promise<Metadata> {
  const { status, body } = await send({ method: 'GET', url: `${issuer}/.well-known/openid-configuration` })
  if (status !== 200) throw new Error(`${issuer} has no discovery document: ${status}`)
  const document: unknown = JSON.parse(body)
  const read = (name: string): string => {
    const value: unknown = typeof document === 'object' && document !== null ? Reflect.get(document, name) : undefined
    return typeof value === 'string' ? value : ''
  }
  return {
    issuer: read('issuer'),
    authorization_endpoint: read('authorization_endpoint'),
    token_endpoint: read('token_endpoint'),
    introspection_endpoint: read('introspection_endpoint'),
    userinfo_endpoint: read('userinfo_endpoint'),
  }
}

/** Asks first, by closing the channel; a server that does not leave is ended. */
async function close(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), 5000)
  await gone
  clearTimeout(timer)
}
