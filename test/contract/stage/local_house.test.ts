/** The same commands on a house of this machine, by its data directory: no token, since who may read the directory may do anything with the house. */
import { appendFile, chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openJar } from '../../fixture/browser_jar.ts'
import { freePort } from '../../free_port.ts'
import { type StartedHouse, startHouse } from '../../house.ts'
import { gatehouse } from './stage.ts'

let data: string
let house: StartedHouse

beforeAll(async () => {
  data = await mkdtemp(join(tmpdir(), 'gatehouse-operator-'))
  house = await startHouse({ data, empty: true, words: ['--no-samples'] })
})
afterAll(async () => {
  await house.stop()
  await rm(data, { recursive: true, force: true })
})

const onHouse = (words: readonly string[], environment: Record<string, string> = {}, lines: string[] = []) =>
  gatehouse(undefined, [...words, '--data', data], environment, lines)

test('the socket of the house is for its owner alone', async () => {
  expect((await stat(join(data, 'operate.sock'))).mode & 0o777).toBe(0o600)
})

test('the doctor finds a house that runs', async () => {
  const ports = { GATEHOUSE_PORT: new URL(house.origin).port, GATEHOUSE_SAMPLES_PORT: String(await freePort()) }
  await chmod(data, 0o700)

  const lines = await onHouse(['doctor'], ports)

  expect(lines.map((line) => line.slice(0, 4))).toEqual(Array(6).fill('good'))
  expect(lines.join('\n')).toMatch(/Inside +table \d+ ms, vault \d+ ms/)
})

test('the doctor tells of a directory open to others, and of a port that another program holds', async () => {
  const other: Server = createServer()
  await new Promise<void>((resolve) => other.listen(0, 'localhost', resolve))
  const address = other.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  const empty = await mkdtemp(join(tmpdir(), 'gatehouse-operator-'))
  await chmod(empty, 0o755)
  const lines: string[] = []

  await expect(gatehouse(undefined, ['doctor', '--data', empty], { GATEHOUSE_PORT: String(port) }, lines)).rejects.toThrow(
    /^not well: Data directory, Ports/,
  )

  expect(lines.join('\n')).toContain(`is open to others (755)`)
  expect(lines.join('\n')).toContain(`${port}`)
  await new Promise((resolve) => other.close(resolve))
  await rm(empty, { recursive: true })
})

test('what failed is handled again from a time on; what fails again stays, with its new reason', async () => {
  const letter = (id: string, failedAt: string, at: unknown) => {
    const event = { id: `evt_${id}`, kind: 'user.updated', tenant: 'main', at, actor: {}, userId: 'usr_jo', audited: true }
    return `${JSON.stringify({ failedAt, error: 'Error: then', event })}\n`
  }
  const file = join(data, 'dead_letters.jsonl')
  await appendFile(file, letter('old', '2026-01-01T00:00:00.000Z', 1))
  await appendFile(file, letter('good', '2026-02-01T00:00:00.000Z', 1))
  await appendFile(file, letter('bad', '2026-02-01T00:00:01.000Z', 'no time'))
  const lines: string[] = []

  await expect(onHouse(['relay', 'replay', '--from', '2026-01-15'], {}, lines)).rejects.toThrow('not everything could be handled')

  expect(lines).toEqual(['1 handled, 1 failed again', '  evt_bad'])
  const kept = (await readFile(file, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(kept.map(({ event }) => event.id)).toEqual(['evt_old', 'evt_bad'])
  expect(kept[1].error).not.toBe('Error: then')
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('the log is read by time, function and tenant, and followed', async () => {
  await fetch(`${house.issuer()}/oauth2/jwks`)
  await expect.poll(() => onHouse(['logs', '--function', 'token'])).toHaveLength(1)

  const [line] = await onHouse(['logs', '--function', 'token', '--tenant', 'main', '--since', '1m'])

  expect(line).toMatch(/^\S+Z info {2}token {5}main {5}GET \/oauth2\/jwks 200 milliseconds=/)
  expect(await onHouse(['logs', '--tenant', 'acme'])).toEqual([])
  expect(JSON.parse((await onHouse(['logs', '--function', 'token', '--json']))[0] ?? '')).toMatchObject({
    message: 'request',
    app: 'token',
  })
})

test('logs --follow shows what comes, until it is interrupted', async () => {
  const lines: string[] = []
  const following = onHouse(['logs', '--follow', '--function', 'token'], {}, lines)
  await expect.poll(() => lines.length).toBe(1)

  await fetch(`${house.issuer()}/oauth2/jwks`)
  await expect.poll(() => lines.length).toBe(2)

  process.emit('SIGINT')
  await following
})

test('admin invite prints a link that opens, until there is an administrator', async () => {
  const [said = ''] = await onHouse(['admin', 'invite'])
  const link = /http\S+/.exec(said)?.[0] ?? ''
  const jar = openJar({ origin: house.origin, fetch: (path, init) => fetch(path, { redirect: 'manual', ...init }) })

  const page = await jar.get(link)
  expect(page.status).toBe(200)
  await jar.submit(page, {
    username: 'first',
    given_name: 'First',
    family_name: 'Person',
    email: 'first@example.org',
    new_password: 'a long walk by the sea 7',
    new_password_again: 'a long walk by the sea 7',
    accept_terms: 'on',
  })

  await expect(onHouse(['admin', 'invite'])).rejects.toThrow('there is an administrator already')
})

test('where no house runs it is said how to start one', async () => {
  const stopped = await mkdtemp(join(tmpdir(), 'gatehouse-operator-'))

  await expect(gatehouse(undefined, ['admin', 'invite', '--data', '/nowhere/at/all'])).rejects.toThrow(
    /^there is no house in \/nowhere\/at\/all: start one with npm start/,
  )
  await expect(gatehouse(undefined, ['admin', 'invite', '--data', stopped])).rejects.toThrow(/^no house runs on .* at the moment: start it/)
  await expect(gatehouse(undefined, ['logs', '--data', stopped])).rejects.toThrow(/holds no log/)
  await rm(stopped, { recursive: true })
})
