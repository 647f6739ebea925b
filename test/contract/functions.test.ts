/** The functions' bundles as they are built: each starts by itself, refuses who did not come by the front door, and loads nothing that it has no use for. */
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { BACKGROUND_FUNCTIONS, buildFunctions, DOOR_FUNCTIONS } from '@gatehouse/lambda/build.mjs'
import { beforeAll, describe, expect, test } from 'vitest'

const ENVIRONMENT = {
  GATEHOUSE_STAGE: 'test',
  GATEHOUSE_TABLE: 'gatehouse',
  GATEHOUSE_VAULT: 'ssm:/gatehouse/test/key',
  GATEHOUSE_DOOR_SECRETS: 'the-front-doors-secret-of-this-test',
  GATEHOUSE_ORIGIN: 'https://id.example.com',
  GATEHOUSE_MESSAGE_QUEUE: 'https://sqs.eu-central-1.amazonaws.com/123456789012/messages',
  GATEHOUSE_STATE_MACHINE: 'arn:aws:states:eu-central-1:123456789012:stateMachine:approval',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
  // nobody listens there
  AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
}

/** A stranger's request; then what Node has loaded for it. */
const STRANGER = `
  const { handler } = await import(process.env.BUNDLE)
  const event = { rawPath: '/', rawQueryString: '', headers: {}, requestContext: { http: { method: 'GET' } } }
  const answer = process.env.IS_DOOR ? await handler(event) : undefined
  console.log(JSON.stringify({ status: answer?.statusCode, kind: typeof handler, loaded: process.moduleLoadList }))
  process.exit()
`

let folders = new Map<string, string>()

beforeAll(async () => {
  const { functions } = await buildFunctions()
  folders = new Map(functions.map(({ name, folder }) => [name, folder]))
})

async function start(name: string, more: Record<string, string> = {}): Promise<{ status?: number; kind: string; loaded: string[] }> {
  const env = { ...ENVIRONMENT, ...more, BUNDLE: join(folders.get(name) ?? '', 'index.mjs') }
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', STRANGER], { env })
  return JSON.parse(stdout)
}

describe.each(DOOR_FUNCTIONS)('%s', (name) => {
  test('refuses a stranger, without the fetch client of Node, which would cost each cold start dearly', async () => {
    const { status, loaded } = await start(name, { IS_DOOR: '1' })

    expect(status).toBe(403)
    expect(loaded.filter((module) => module.includes('undici'))).toEqual([])
  })
})

test.each(BACKGROUND_FUNCTIONS)('%s starts', async (name) => {
  expect((await start(name)).kind).toBe('function')
})

test('a function without its environment says what it lacks', async () => {
  await expect(start('token', { GATEHOUSE_TABLE: '', GATEHOUSE_VAULT: '' })).rejects.toThrow(
    'GATEHOUSE_TABLE is not set; GATEHOUSE_VAULT is not set',
  )
})

test.each(['token', 'consent', 'approve', 'task', 'relay', 'deliver', 'sweep'])('%s carries no Argon2 and no zod', async (name) => {
  const text = await readFile(join(folders.get(name) ?? '', 'index.mjs'), 'utf8')

  expect(text).not.toContain('ZodError')
  await expect(readFile(join(folders.get(name) ?? '', 'node_modules/@node-rs/argon2/package.json'))).rejects.toThrow('ENOENT')
})

test.each(['authorize', 'register', 'account', 'admin'])('%s carries Argon2 for the processor that it will run on', async (name) => {
  const folder = join(folders.get(name) ?? '', 'node_modules/@node-rs/argon2-linux-arm64-gnu')
  const binary = await readFile(join(folder, 'argon2.linux-arm64-gnu.node'))

  // ELF, 64 bits, AArch64
  expect(binary.subarray(0, 5).toString('latin1')).toBe('\x7fELF\x02')
  expect(binary.readUInt16LE(18)).toBe(0xb7)
})
