/** The command line as a person uses it: sign in once, in a browser, then work; and what it says when something is wrong. */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '@gatehouse/local/cli/command_line.ts'
import { findLogin, keepLogin } from '@gatehouse/local/cli/credentials.ts'
import { run as runProcess } from '@gatehouse/local/main.ts'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { openJar } from '../../fixture/browser_jar.ts'
import { ROOT, type StartedHouse, startHouse } from '../../house.ts'

const PASSWORD = 'a long walk by the sea 7'

let folder: string
let credentials: string
let house: StartedHouse

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-cli-'))
  credentials = join(folder, 'config', 'credentials.json')
  const users = [
    { userName: 'root', password: PASSWORD, roles: ['platform-admin', 'tenant-admin'] },
    { userName: 'jo', password: PASSWORD },
  ]
  house = await startHouse({ seed: { tenants: [{ id: 'main', users }] }, words: ['--no-samples'] })
})
afterAll(async () => {
  await house.stop()
  await rm(folder, { recursive: true, force: true })
})

async function gatehouse(words: readonly string[], told: (line: string) => void = () => {}): Promise<string[]> {
  const lines: string[] = []
  const environment = { GATEHOUSE_CREDENTIALS: credentials, GATEHOUSE_ISSUER: house.issuer() }
  await runCommand(words, environment, (line) => {
    lines.push(line)
    told(line)
  })
  return lines
}

/** Opens the address that the command says, signs in there, and follows to the command's own port. */
async function login(userName: string): Promise<string[]> {
  let browsed: Promise<string> = Promise.resolve('')
  const lines = await gatehouse(['login'], (line) => {
    const address = /http\S+/.exec(line)?.[0]
    if (address && line.startsWith('Open')) browsed = browse(address, userName)
  })
  expect(await browsed).toMatch(/^You are signed in/)
  return lines
}

async function browse(address: string, userName: string): Promise<string> {
  const jar = openJar({ origin: house.origin, fetch: (path, init) => fetch(path, { redirect: 'manual', ...init }) })
  const arrived = await jar.submit(await jar.get(address), { username: userName, password: PASSWORD })
  expect(arrived.url.hostname).toBe('127.0.0.1')
  // What else finds the port gets nowhere.
  const stray = new URL(arrived.url)
  stray.searchParams.set('state', 'another')
  expect((await fetch(stray)).status).toBe(404)
  return (await fetch(arrived.url)).text()
}

test('who is not signed in is told how', async () => {
  await expect(gatehouse(['export'])).rejects.toThrow(
    `not signed in to ${house.issuer()}: npm run gatehouse -- login --issuer ${house.issuer()}`,
  )
})

test('after signing in once, the commands work; the login is for its owner only', async () => {
  expect((await login('root')).at(-1)).toBe(`signed in to ${house.issuer()}`)

  expect((await stat(credentials)).mode & 0o777).toBe(0o600)
  expect((await stat(join(folder, 'config'))).mode & 0o777).toBe(0o700)
  expect((await gatehouse(['export'])).join('\n')).toContain('userName: root')
  expect(await readdir(join(folder, 'config'))).toEqual(['credentials.json'])
})

test('an access token that has grown old is renewed without asking', async () => {
  const kept = await findLogin(credentials, house.issuer())
  if (!kept) throw new Error('no login is kept')
  await keepLogin(credentials, house.issuer(), { ...kept, expiresAt: 0 })

  await gatehouse(['export'])

  const renewed = await findLogin(credentials, house.issuer())
  expect(renewed?.accessToken).not.toBe(kept.accessToken)
  expect(renewed?.expiresAt).toBeGreaterThan(Date.now())
})

test('rotating keys says when the new ones sign; they are published at once', async () => {
  const lines = await gatehouse(['key', 'rotate'])

  expect(lines.map((line) => line.split(' ')[0]).sort()).toEqual(['ES256', 'RS256'])
  const { keys } = (await (await fetch(`${house.issuer()}/oauth2/jwks`)).json()) as { keys: { kid: string }[] }
  for (const line of lines) expect(keys.map((key) => key.kid)).toContain(line.split(' ')[1])
})

test('a script is tried from a file, of ours or in the form of WSO2’s templates; one that does not run is told so, and ends with 1', async () => {
  const write = async (name: string, text: string) => {
    await writeFile(join(folder, name), text)
    return join(folder, name)
  }
  const greets = await write(
    'greets.js',
    "var onLoginRequest = function () { executeStep(1, { onSuccess: function () { Log.info('hello'); } }); };",
  )
  const template = await write(
    'template.json',
    '{ "defaultAuthenticators": { "1": { "local": ["BasicAuthenticator"] }, "2": { "local": ["totp"] } }, "code": ["var onLoginRequest = function () {", "executeStep(1); executeStep(2); };"] }',
  )
  const broken = await write(
    'broken.js',
    'var onLoginRequest = function () { executeStep(1, { onSuccess: function () { callElastic({}, {}); } }); };',
  )

  expect(await gatehouse(['script', 'try', greets, '--user', 'jo'])).toEqual([
    'asks for step 1: password or passkey',
    '- step 1 was passed with BasicAuthenticator',
    '  info: hello',
    'lets on: the script asked for nothing more',
  ])
  expect(await gatehouse(['script', 'try', template, '--user', 'jo'])).toEqual(
    expect.arrayContaining(['asks for step 1: password', 'asks for step 2: totp', 'lets on: the script asked for nothing more']),
  )
  await expect(gatehouse(['script', 'try', broken, '--user', 'jo'])).rejects.toThrow(
    /broken.js does not run here: callElastic has no meaning here/,
  )
  await expect(gatehouse(['script', 'try', greets])).rejects.toThrow('who would sign in?')
})

test('a script is tried from elsewhere, at another time of day, after failed tries', async () => {
  const script = join(folder, 'tells.js')
  const tells =
    "Log.info(context.request.ip + ' ' + new Date().toISOString() + ' ' + context.request.headers['user-agent'] + ' ' + context.requestedAcr)"
  await writeFile(script, `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function () { ${tells}; } }); };`)
  const tried = ['script', 'try', script, '--user', 'jo']
  const request = ['--ip', '198.51.100.7', '--at', '2026-02-03T03:30:00Z', '--user-agent', 'Lynx', '--acr', 'gold', '--failed-tries', '3']

  const said = await gatehouse([...tried, ...request, '--country', 'FR', '--browser', 'known'])

  expect(said).toContain('  info: 198.51.100.7 2026-02-03T03:30:00.000Z Lynx gold')
  await expect(gatehouse([...tried, '--at', 'noon'])).rejects.toThrow('--at is 30s, 15m')
  await expect(gatehouse([...tried, '--failed-tries', 'many'])).rejects.toThrow('failed_tries')
  await expect(gatehouse([...tried, '--ip', '300.1.1.1'])).rejects.toThrow('/ip')
  await expect(gatehouse([...tried, '--browser', 'odd'])).rejects.toThrow('/browser')
})

test('who signs in without a role is told which permission is missing', async () => {
  await login('jo')

  await expect(gatehouse(['export'])).rejects.toThrow(/this needs the permission tenant:read/)
})

test('logging out forgets the login', async () => {
  expect(await gatehouse(['logout'])).toEqual([`forgot the login to ${house.issuer()}`])

  await expect(gatehouse(['export'])).rejects.toThrow(/not signed in/)
  expect(JSON.parse(await readFile(credentials, 'utf8'))).toEqual({})
})

test('a login that cannot be read is told, not overwritten', async () => {
  await writeFile(credentials, 'not JSON')

  await expect(gatehouse(['login'])).rejects.toThrow(/cannot be read; remove it/)

  expect(await readFile(credentials, 'utf8')).toBe('not JSON')
})

test.each([
  ['a house that is not there', ['export', '--issuer', 'http://localhost:10099/t/main'], 'http://localhost:10099/t/main does not answer'],
  ['an address that is none', ['export', '--issuer', 'nowhere'], '--issuer is an address'],
  ['a token over plain http', ['export', '--issuer', 'http://id.example.org/t/main'], 'over https only'],
  ['a flag that is none', ['apply', '--force'], "Unknown option '--force'"],
  ['a file that is missing', ['check', 'no-such-file.yaml'], 'no-such-file.yaml cannot be applied'],
  ['no file', ['apply'], 'usage: npm run gatehouse -- apply FILE'],
])('%s is told in a sentence, without a stack, and ends with 1', async (_what, words, sentence) => {
  const { code, stderr, stdout } = await runHere(words, { GATEHOUSE_TOKEN: 'a token' })

  isRefused({ code, stderr, stdout }, sentence)
})

test('a process of its own refuses in the same way', async () => {
  isRefused(await run(['--cli', 'aply', 'house.yaml']), 'there is no command "aply"')
})

test('--help lists the commands', async () => {
  const { code, stdout } = await runHere(['--help'])

  expect(code).toBe(0)
  for (const command of [
    'apply',
    'export',
    'check',
    'schema',
    'login',
    'logout',
    'admin invite',
    'tenant list',
    'key rotate',
    'script try',
    'logs',
    'relay replay',
    'doctor',
  ])
    expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'))
})

type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string }

function isRefused({ code, stdout, stderr }: Ended, sentence: string): void {
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain(sentence)
  expect(stderr).not.toMatch(/^\s+at /m)
}

/** What the process does with its words, in this process: half a second less for each. An error that it would show with its stack is thrown. */
async function runHere(words: readonly string[], environment: Record<string, string> = {}): Promise<Ended> {
  const said = vi.spyOn(console, 'log').mockReturnValue()
  const complained = vi.spyOn(console, 'error').mockReturnValue()
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  const before = process.exitCode
  process.exitCode = 0
  try {
    await runProcess('cli', words, ROOT)
    const text = ({ mock }: typeof said) => mock.calls.map((call) => call.join(' ')).join('\n')
    return { code: process.exitCode, stdout: text(said), stderr: text(complained) }
  } finally {
    process.exitCode = before
    vi.unstubAllEnvs()
    said.mockRestore()
    complained.mockRestore()
  }
}

function run(words: readonly string[]): Promise<Ended> {
  const child = spawn(process.execPath, [join(ROOT, 'packages/local/start.mjs'), ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const said = { stdout: '', stderr: '' }
  child.stdout.on('data', (text) => (said.stdout += text))
  child.stderr.on('data', (text) => (said.stderr += text))
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...said }))
  })
}
