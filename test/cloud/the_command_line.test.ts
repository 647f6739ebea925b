/** `gatehouse --stage production` against the box: the first administrator, their login, configuration, keys, relay and doctor, by the operator's own credentials. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { gatehouse } from '../contract/stage/stage.ts'
import { describeExtra } from '../extras.ts'
import { openJar } from '../fixture/browser_jar.ts'
import { type CloudHouse, startCloudHouse } from './cloud_house.ts'
import { findBox, STAGE } from './find_box.ts'

const PASSWORD = 'a long walk by the sea 7'

describeExtra('the command line on a stage', findBox(process.env), () => {
  let house: CloudHouse
  let folder: string

  beforeAll(async () => {
    house = await startCloudHouse({ empty: true })
    folder = await mkdtemp(join(tmpdir(), 'gatehouse-cloud-cli-'))
  })
  afterAll(async () => {
    await house?.stop()
    await rm(folder, { recursive: true, force: true })
  })

  async function onStage(words: readonly string[], lines: string[] = []): Promise<string[]> {
    const { accessKeyId, secretAccessKey, sessionToken } = house.box.operator.credentials
    const environment = {
      AWS_ENDPOINT_URL: house.box.endpoint,
      AWS_REGION: house.box.region,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
      AWS_SESSION_TOKEN: sessionToken ?? '',
    }
    return gatehouse({ environment }, [...words, '--stage', STAGE], { GATEHOUSE_CREDENTIALS: join(folder, 'credentials.json') }, lines)
  }

  const jar = () => openJar({ origin: house.origin, fetch: (path, init) => fetch(path, { redirect: 'manual', ...init }) })

  test('invites the first administrator by a link that works once', async () => {
    const link = /https\S+/.exec((await onStage(['admin', 'invite'])).join('\n'))?.[0] ?? ''
    const visitor = jar()

    const page = await visitor.get(link)
    expect(page.status).toBe(200)
    const profile = { given_name: 'Chief', family_name: 'Person', email: 'chief@example.org', accept_terms: 'on' }
    await visitor.submit(page, { username: 'chief', new_password: PASSWORD, new_password_again: PASSWORD, ...profile })

    expect((await jar().get(link)).body).not.toContain('new_password')
    await expect(onStage(['admin', 'invite'])).rejects.toThrow('nobody is invited: there is an administrator already')
  })

  test('signs them in, and works through the management API', async () => {
    const lines: string[] = []
    const signedIn = onStage(['login'], lines)
    await expect.poll(() => lines.join('\n'), { timeout: 30_000 }).toContain('https://')
    const address = /https\S+/.exec(lines.join('\n'))?.[0] ?? ''
    const visitor = jar()
    await fetch((await visitor.submit(await visitor.get(address), { username: 'chief', password: PASSWORD })).url)
    await signedIn
    await writeFile(join(folder, 'house.json'), JSON.stringify({ tenants: [{ id: 'main', roles: [{ name: 'clerk', permissions: [] }] }] }))

    expect(await onStage(['apply', join(folder, 'house.json')])).toContain('1 changed')
    expect((await onStage(['export'])).join('\n')).toContain('name: clerk')
    expect((await onStage(['key', 'rotate'])).map((line) => line.split(' ')[0]).sort()).toEqual(['ES256', 'RS256'])
    expect((await onStage(['tenant', 'list'])).join('\n')).toMatch(/^main +active/)
  })

  test('asks relay to handle again what failed, of which there is nothing', async () => {
    expect(await onStage(['relay', 'replay', '--from', '1h'])).toEqual(['0 handled, 0 failed again'])
  })

  test('examines it: its address answers, its inside is well', async () => {
    const lines: string[] = []
    await onStage(['doctor', '--json'], lines).catch(() => {})
    const rows = JSON.parse(lines.join('\n')) as { name: string; state: string; found: string }[]

    expect(rows.find(({ name }) => name === 'Inside')).toMatchObject({ state: 'good' })
    expect(rows.find(({ name }) => name === 'Dead letters')).toMatchObject({ state: 'good', found: 'messages 0, feedback 0' })
    expect(rows.find(({ name }) => name === 'Hosted sign-in')?.found).toContain(house.issuer())
  })
})
