/**
 * What an operator asks of a house that runs here: the twin of the cloud's function `operate`, and of relay's direct call. It listens on a socket in the
 * data directory, so that who may read the directory, and nobody else, may ask.
 */
import { chmodSync, rmSync } from 'node:fs'
import { createServer, type Socket } from 'node:net'
import { join, resolve } from 'node:path'
import type { Log } from '@gatehouse/ports/log.ts'

export type Operation = { readonly action: 'invite' } | { readonly action: 'check' } | { readonly replay: { readonly from: string } }
export type Operate = (operation: Operation) => Promise<unknown>

export type Operators = { close(): Promise<void> }

/** One line of JSON each way: the operation, and what came of it. */
export type OperationAnswer = { readonly answer: unknown } | { readonly error: string }

const LONGEST_QUESTION = 4096
/** Who says nothing for so long is sent away. */
const SILENCE_MILLISECONDS = 5_000
/** The longest path that every system takes for a socket. */
const LONGEST_PATH = 103

/** A named pipe on Windows, where a socket has no place in a folder. */
export function operatePath(data: string): string {
  const path = join(resolve(data), 'operate.sock')
  return process.platform === 'win32' ? `\\\\.\\pipe\\${path.replaceAll('\\', '/')}` : path
}

/** The directory's lock is ours, so a socket that lies there is a dead house's. Where none can be made the house opens all the same. */
export async function listenForOperators(data: string, operate: Operate, log: Log): Promise<Operators> {
  const path = operatePath(data)
  if (Buffer.byteLength(path) > LONGEST_PATH) {
    log.write('warn', 'no socket for operators: the path of the data directory is too long', { path, longest: LONGEST_PATH })
    return { close: async () => {} }
  }
  if (process.platform !== 'win32') rmSync(path, { force: true })
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket.once('close', () => sockets.delete(socket)))
    answerOne(socket, operate)
  })
  await new Promise<void>((listening, refused) => server.once('error', refused).listen(path, listening))
  if (process.platform !== 'win32') chmodSync(path, 0o600)
  return {
    close: () =>
      new Promise<void>((closed) => {
        server.close(() => closed())
        for (const socket of sockets) socket.destroy()
      }),
  }
}

function answerOne(socket: Socket, operate: Operate): void {
  let question = ''
  socket.setEncoding('utf8')
  // Who goes away before the answer does not end the house.
  socket.on('error', () => socket.destroy())
  socket.setTimeout(SILENCE_MILLISECONDS, () => socket.destroy())
  const hear = (chunk: string): void => {
    question += chunk
    if (!question.includes('\n') && question.length <= LONGEST_QUESTION) return
    socket.off('data', hear).setTimeout(0)
    void answerTo(question, operate).then((said) => socket.end(`${JSON.stringify(said)}\n`))
  }
  socket.on('data', hear)
}

async function answerTo(question: string, operate: Operate): Promise<OperationAnswer> {
  try {
    return { answer: await operate(parseOperation(JSON.parse(question))) }
  } catch (error) {
    return { error: error instanceof Error ? error.message : String(error) }
  }
}

function parseOperation(value: unknown): Operation {
  if (value === null || typeof value !== 'object') throw new TypeError('an operation is an object')
  if ('action' in value && (value.action === 'invite' || value.action === 'check')) return { action: value.action }
  if ('replay' in value && value.replay !== null && typeof value.replay === 'object' && 'from' in value.replay) {
    const { from } = value.replay
    if (typeof from === 'string' && !Number.isNaN(Date.parse(from))) return { replay: { from } }
  }
  throw new TypeError('an operation is {"action":"invite"}, {"action":"check"} or {"replay":{"from":"2026-11-26T09:00:00Z"}}')
}
