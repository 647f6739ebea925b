/** `npm start` as a person meets it: what it prints, what it refuses and in which words, and that it stops. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { expect, onTestFinished, test } from 'vitest'
import { makeCertificate, SERVERS } from '../fixture/certificates.ts'
import { freePort } from '../free_port.ts'
import { ROOT } from '../house.ts'
import { type Ended, startProcess } from './house_process.ts'
import { decide, register, signInManager, tasksOf } from './people_without_browsers.ts'

test('it prints where everything is and who is who, and Ctrl-C stops it cleanly', async () => {
  const { words, port, samplesPort } = await place()
  const house = startProcess(words)
  const said = await house.opened
  for (const address of [
    `http://localhost:${port}/t/main/login`,
    `http://localhost:${port}/user-portal`,
    `http://localhost:${samplesPort}/pickup-dispatch`,
    `http://localhost:${samplesPort}/pickup-manager`,
    `http://localhost:${port}/_dev/inbox`,
  ])
    expect(said).toContain(address)
  expect(said).toMatch(/alex \/ alex123[\s\S]*cameron \/ cameron123/)
  expect((await fetch(`http://localhost:${port}/t/main/login`)).status).toBe(200)

  house.child.kill('SIGINT')

  expect(await house.ended).toMatchObject({ code: 0, signal: null, complained: '' })
  await expect(fetch(`http://localhost:${port}/t/main/login`)).rejects.toThrow()
})

test('Ctrl-C while somebody keeps a connection open stops it, too', async () => {
  const { words, port } = await place()
  const house = startProcess(words)
  await house.opened
  const answers = await Promise.all(Array.from({ length: 5 }, () => fetch(`http://localhost:${port}/t/main/login`)))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200])

  house.child.kill('SIGINT')

  expect((await house.ended).code).toBe(0)
})

test('a second process on the same data directory is refused in a sentence, and the first goes on', async () => {
  const { words, port, data } = await place()
  const first = startProcess(words)
  await first.opened
  const second = await startProcess(['--data', data, '--port', String(await freePort()), '--no-samples']).ended

  isSentence(second, data)
  expect((await fetch(`http://localhost:${port}/t/main/login`)).status).toBe(200)
})

test('a port that is taken is told in a sentence with the way out, and nothing is written', async () => {
  const { words, port } = await place()
  await startProcess(words).opened
  const other = join(folder(), 'other')
  const second = await startProcess(['--data', other, '--port', String(port), '--no-samples']).ended

  isSentence(second, `Port ${port} is taken`)
  expect(second.complained).toContain('--port')
  expect(existsSync(other)).toBe(false)
})

test('a taken port of the samples is told, and the house opens without them', async () => {
  const { words, samplesPort } = await place()
  await startProcess(words).opened
  const second = startProcess(['--data', folder(), '--port', String(await freePort()), '--samples-port', String(samplesPort)])

  const said = await second.opened
  expect(said).toContain('--samples-port')
  expect(said).not.toContain('/pickup-dispatch')
})

test('samples at another port than at the first start are let in there', async () => {
  const { words, samplesPort } = await place()
  const first = startProcess(words)
  await first.opened
  first.child.kill('SIGINT')
  await first.ended
  const elsewhere = await freePort()
  await startProcess([...words, '--samples-port', String(elsewhere)]).opened

  const login = await fetch(`http://localhost:${elsewhere}/pickup-dispatch/login`)

  expect(login.url).toContain('/t/main/login')
  expect(login.status).toBe(200)
  expect(elsewhere).not.toBe(samplesPort)
})

test('on https with a home-made certificate the samples find the house, too', async () => {
  const { words, port, samplesPort } = await place()
  const made = makeCertificate({ cn: 'localhost', hosts: ['localhost'], use: [SERVERS] })
  const [cert, key] = [join(folder(), 'cert.pem'), join(folder(), 'key.pem')]
  writeFileSync(cert, made.pem)
  writeFileSync(key, made.keyPem)
  await startProcess([...words, '--https-cert', cert, '--https-key', key]).opened

  const login = await fetch(`http://localhost:${samplesPort}/pickup-dispatch/login`, { redirect: 'manual' })

  expect(login.headers.get('location')).toContain(`https://localhost:${port}/t/main/oauth2/authorize?`)
})

test('--help explains every flag and starts nothing', async () => {
  const { code, said } = await startProcess(['--help', '--data', join(folder(), 'none')]).ended

  expect(code).toBe(0)
  for (const flag of ['--port', '--host', '--origin', '--data', '--seed', '--empty', '--https-cert', '--https-key', '--samples-port'])
    expect(said).toContain(flag)
})

test.each([
  [['--prot', '1'], '--prot'],
  [['--port', 'many'], '"many"'],
  [['--origin', 'id.example.org'], '--origin'],
])('the flags %j are refused in a sentence', async (words, names) => {
  isSentence(await startProcess(['--data', folder(), ...words]).ended, names)
})

test('a data directory that can be none is told in a sentence', async () => {
  const file = join(folder(), 'a_file')
  writeFileSync(file, '')

  isSentence(await startProcess(['--port', String(await freePort()), '--no-samples', '--data', file]).ended, '--data is a directory')
})

test('--empty starts without demo people, and invites the first administrator', async () => {
  const { words, port } = await place()
  const house = startProcess([...words, '--empty'])
  const said = await house.opened

  expect(said).not.toContain('alex')
  // Nobody could sign in there.
  expect(said).not.toContain('/pickup-dispatch')
  const link = new RegExp(`http://localhost:${port}/t/main/invitation\\?token=\\S+`).exec(said)?.[0] ?? ''
  expect(await (await fetch(link)).text()).toContain('first administrator')
  await expect(signInManager(port, 'alex')).rejects.toThrow('not signed in')
})

test('a seed that is wrong is told with the path of what is wrong, and the next start is as a first one', async () => {
  const { words, data, port } = await place()
  const seed = join(folder(), 'seed.yaml')
  writeFileSync(seed, 'tenants:\n  - id: main\n    users:\n      - { userName: jo, shoeSize: 43 }\n')
  isSentence(await startProcess([...words, '--seed', seed]).ended, 'tenants.0.users.0.shoeSize')
  isSentence(await startProcess([...words, '--seed', join(data, 'nowhere.yaml')]).ended, 'nowhere.yaml')

  await startProcess(words).opened
  await signInManager(port, 'alex')
})

test('nobody is let in before the house is configured: no registration slips past its approvals', async () => {
  const { words, port } = await place()
  const house = startProcess(words)
  let requestId: string | undefined
  while (requestId === undefined) requestId = await register(port, 'early').catch(() => new Promise((resolve) => setTimeout(resolve, 5)))
  await house.opened

  expect(requestId).toMatch(/^req_/)
  expect(await tasksOf(await signInManager(port, 'alex'))).toMatchObject([{ requestId, level: 0 }])
})

test('a first start that was killed half-way is completed by the next', async () => {
  const { words, port, data } = await place()
  let halfWay = 0
  for (const items of [1, 12, 20]) {
    const house = startProcess(words)
    await untilItHolds(data, items)
    house.child.kill('SIGKILL')
    // On a busy machine the kill may come late.
    if (!(await house.ended).said.includes('open after')) halfWay++
  }
  expect(halfWay).toBeGreaterThanOrEqual(1)

  await startProcess(words).opened
  for (const name of ['alex', 'cameron']) await signInManager(port, name)
  expect(await register(port, 'robin')).toMatch(/^req_/)
})

test('approvals that were on their way go on after a restart, also after kill -9, and sessions last', async () => {
  const { words, port } = await place()
  const first = startProcess(words)
  await first.opened
  const alex = await signInManager(port, 'alex')
  const requestId = await register(port, 'robin')
  first.child.kill('SIGINT')
  await first.ended

  const second = startProcess(words)
  await second.opened
  const [task] = await tasksOf(alex)
  expect(task).toMatchObject({ requestId, level: 0 })
  expect(task && (await decide(alex, task, 'approve'))).toBe(true)
  second.child.kill('SIGKILL')
  await second.ended

  await startProcess(words).opened
  const cameron = await signInManager(port, 'cameron')
  const [last] = await tasksOf(cameron)
  expect(last).toMatchObject({ requestId, level: 1 })
  expect(last && (await decide(cameron, last, 'approve'))).toBe(true)
  const inbox = async () => (await fetch(`http://localhost:${port}/_dev/inbox?to=robin@example.org`)).text()
  await expect.poll(inbox).toContain('is ready')
})

test('an older Node, without the pinned one, is told in one sentence what to do', async () => {
  const elsewhere = folder()
  mkdirSync(join(elsewhere, 'packages/local'), { recursive: true })
  for (const file of ['start.mjs', 'pinned_node.mjs']) cpSync(join(ROOT, 'packages/local', file), join(elsewhere, 'packages/local', file))
  const asNode20 = `data:text/javascript,Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.1.0' } })`
  const ended = await startProcess([], { script: join(elsewhere, 'packages/local/start.mjs'), before: ['--import', asNode20] }).ended

  isSentence(ended, 'npm rebuild node')
  expect(ended.complained.trim().split('\n')).toHaveLength(1)
})

async function place(): Promise<{ words: string[]; port: number; samplesPort: number; data: string }> {
  const [port, samplesPort, data] = [await freePort(), await freePort(), folder()]
  return { words: ['--port', String(port), '--samples-port', String(samplesPort), '--data', data], port, samplesPort, data }
}

function folder(): string {
  const created = mkdtempSync(join(tmpdir(), 'gatehouse-start-'))
  onTestFinished(() => rmSync(created, { recursive: true, force: true }))
  return created
}

/** Looks into the file beside the house: what is there was committed. */
async function untilItHolds(data: string, items: number): Promise<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 1))
    if (countItems(join(data, 'house.sqlite')) >= items) return
  }
}

function countItems(file: string): number {
  if (!existsSync(file)) return 0
  const database = new DatabaseSync(file, { readOnly: true })
  try {
    return Number(database.prepare('SELECT count(*) AS items FROM items').get()?.items)
  } catch {
    // the table is not there yet
    return 0
  } finally {
    database.close()
  }
}

/** For a person to mend: an exit code, words that name what is meant, no stack. */
function isSentence({ code, complained }: Ended, names: string): void {
  expect(code).toBe(1)
  expect(complained).toContain(names)
  expect(complained).not.toMatch(/^\s+at /m)
}
