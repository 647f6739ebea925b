/** A domain of a tenant's own, from the command line to the browser: through a whole house that listens, and a name server. */
import { request } from 'node:http'
import { issueAdministrationToken } from '@gatehouse/http/admin/administration_token.ts'
import { runCommand } from '@gatehouse/local/cli/command_line.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type NameServer, openNameServer } from '../../fixture/name_server.ts'
import { type StartedHouse, startHouse } from '../../house.ts'

const HOST = 'login.acme.test'
let names: NameServer
let house: StartedHouse
let port = ''

beforeAll(async () => {
  names = await openNameServer()
  house = await startHouse({ empty: true, words: ['--no-samples'], nameServers: [names.address] })
  port = new URL(house.origin).port
})
afterAll(async () => {
  await house?.stop()
  await names?.close()
})

async function gatehouse(...words: string[]): Promise<string> {
  const lines: string[] = []
  const { token } = await issueAdministrationToken(house.context)
  await runCommand(words, { GATEHOUSE_TOKEN: token, GATEHOUSE_ISSUER: house.issuer() }, (line) => lines.push(line))
  return lines.join('\n')
}

/** As a browser asks that has looked the host up. */
function get(path: string, host = HOST): Promise<{ status: number; location: string; body: string }> {
  return new Promise((resolve, reject) => {
    const asking = request(`http://127.0.0.1:${port}${path}`, { headers: { host: `${host}:${port}`, accept: 'text/html' } }, (response) => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, location: response.headers.location ?? '', body: Buffer.concat(chunks).toString() }),
      )
    })
    asking.on('error', reject).end()
  })
}

async function seen<T>(look: () => Promise<T>, isIt: (found: T) => boolean): Promise<T> {
  for (const until = Date.now() + 30_000; ; ) {
    const found = await look()
    if (isIt(found) || Date.now() > until) return found
    await new Promise((resolve) => setTimeout(resolve, 250))
  }
}

test('is added, proved, met at an issuer of its own, and gone again', async () => {
  const added = await gatehouse('domain', 'add', 'Login.Acme.Test')
  const [, name = '', value = ''] = /TXT +(\S+) {2}(\S+)/.exec(added) ?? []
  expect(name).toBe(`_gatehouse-challenge.${HOST}`)
  expect(await gatehouse('domain', 'verify', HOST)).toContain('(not found yet)')
  expect((await get('/login')).status).toBe(404)

  names.records.set(`TXT ${name}`, ['something else', value])
  expect(await gatehouse('domain', 'verify', HOST)).toContain(`${HOST} is active`)
  expect(await gatehouse('domain', 'list')).toBe(`${HOST}  active  http://${HOST}:${port}`)

  const metadata = await seen(
    () => get('/.well-known/openid-configuration'),
    ({ status }) => status === 200,
  )
  expect(JSON.parse(metadata.body)).toMatchObject({
    issuer: `http://${HOST}:${port}`,
    token_endpoint: `http://${HOST}:${port}/oauth2/token`,
  })
  // The root is the tenant's: no page of it leads to the path form.
  expect([(await get('/')).location, (await get('/user-portal')).location]).toEqual(['/account', '/account'])
  expect((await get('/login')).location).toMatch(/^\/login\?interaction=/)
  expect((await get('/t/main/login')).status).toBe(404)
  expect((await get('/_dev/inbox')).status).toBe(404)
  expect((await get('/t/main/login', 'localhost')).location).toMatch(/^\/t\/main\/login\?interaction=/)

  expect(await gatehouse('domain', 'remove', HOST)).toContain(`removed ${HOST}`)
  const gone = await seen(
    () => get('/login'),
    ({ status }) => status === 404,
  )
  expect(gone.status).toBe(404)
})
