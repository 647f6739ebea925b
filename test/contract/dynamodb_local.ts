/** DynamoDB Local, Amazon's own emulator: found by a variable, kept in memory on a free port, ended with the suite. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { AwsAccess } from '@gatehouse/adapters/aws/aws_access.ts'
import type { Extra } from '../extras.ts'
import { freePort } from '../free_port.ts'

const VARIABLE = 'GATEHOUSE_DYNAMODB_LOCAL'
/** A machine whose processors are all taken takes its time to start a Java. */
const START_SECONDS = 120

export type DynamodbLocal = { readonly endpoint: string; stop(): Promise<void> }

export function findDynamodbLocal(environment: NodeJS.ProcessEnv): Extra & { readonly directory: string } {
  const directory = environment[VARIABLE] ?? ''
  const variable = `${VARIABLE}=$(.ci/dynamodb_local.sh)`
  if (directory === '') return { found: false, directory, reason: `${VARIABLE} names no directory with DynamoDBLocal.jar`, variable }
  if (!existsSync(join(directory, 'DynamoDBLocal.jar')))
    return { found: false, directory, reason: `${directory} holds no DynamoDBLocal.jar`, variable }
  const java = spawnSync('java', ['-version']).status === 0
  return { found: java, directory, reason: 'no java on PATH', variable }
}

export async function startDynamodbLocal(directory: string): Promise<DynamodbLocal> {
  const port = await freePort()
  const libraries = `-Djava.library.path=${join(directory, 'DynamoDBLocal_lib')}`
  const child = spawn('java', ['-Xmx256m', libraries, '-jar', 'DynamoDBLocal.jar', '-inMemory', '-port', String(port)], {
    cwd: directory,
    stdio: 'ignore',
  })
  try {
    await answers(child, port)
  } catch (error) {
    child.kill('SIGKILL')
    throw error
  }
  return { endpoint: `http://127.0.0.1:${port}`, stop: () => stop(child) }
}

/** The emulator asks for a signature and believes any. */
export function accessTo(endpoint: string): AwsAccess {
  return { region: 'eu-central-1', credentials: { accessKeyId: 'none', secretAccessKey: 'none' }, endpoints: { DYNAMODB: endpoint } }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = once(child, 'exit')
  child.kill('SIGKILL')
  await exit
}

async function answers(child: ChildProcess, port: number): Promise<void> {
  const end = Date.now() + START_SECONDS * 1000
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`DynamoDB Local ended with ${child.exitCode} before it answered.`)
    if (await accepts(port)) return
    await pause(100)
  }
  throw new Error(`DynamoDB Local did not answer within ${START_SECONDS} s.`)
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.on('connect', () => socket.end() && resolve(true))
    socket.on('error', () => resolve(false))
  })
}
