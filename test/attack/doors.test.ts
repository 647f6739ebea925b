/** Odd requests at every door: what they are answered, and that none of them is a bug of ours. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { authorizeApp } from '@gatehouse/http/authorize/app.ts'
import { formActionOf } from '@gatehouse/http/headers.ts'
import { tokenApp } from '@gatehouse/http/token/app.ts'
import { portalFiles } from '@gatehouse/local/portal_files.ts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AccountHouse, openAccountHouse, PASSWORD } from '../fixture/account_house.ts'
import { type HouseFixture, openHouseFixture } from '../fixture/house_fixture.ts'

describe('My Account', () => {
  let house: AccountHouse
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-portal-'))
  beforeAll(async () => {
    mkdirSync(join(folder, 'assets'))
    writeFileSync(join(folder, 'assets', 'index-abcdefgh.js'), 'export {}')
    writeFileSync(join(folder, 'manifest.json'), '{}')
    house = await openAccountHouse()
    Object.assign(house.house, { portal: portalFiles(folder) })
  })
  afterAll(() => {
    house.close()
    rmSync(folder, { recursive: true })
  })

  test('sends the files of its folder, and nothing else whatever the name says', async () => {
    const statusOf = async (name: string) => (await house.fetch(`/t/main/account/assets/${name}`)).status

    expect(await statusOf('index-abcdefgh.js')).toBe(200)
    for (const name of ['..%2fmanifest.json', '%00.js', 'index-abcdefgh.js%2fx.js', `${'a'.repeat(400)}.js`, '.js'])
      expect(await statusOf(name), name).toBe(404)
    expect(house.logs.filter(({ level }) => level === 'error')).toEqual([])
  })

  test('finds nothing under an application id that is longer than a key', async () => {
    await house.addUser('jo', PASSWORD)
    const jo = await house.signIn('jo')

    expect((await jo.ask('DELETE', `/consents/${'x'.repeat(3000)}`)).status).toBe(404)
  })

  test('takes no name that turns the text around it or is no text', async () => {
    await house.addUser('ann', PASSWORD)
    const ann = await house.signIn('ann')

    for (const name of ['Ann\u202egnp.exe', 'Ann\u2066', 'Ann\ud800', 'Ann\u0000'])
      expect((await ann.ask('PATCH', '', { given_name: name }, { 'if-match': `"${ann.me.profile.version}"` })).status, name).toBe(422)
  })
})

describe('the doors of applications and of signing in', () => {
  let house: HouseFixture
  beforeAll(async () => {
    house = await openHouseFixture({ authorize: authorizeApp(), token: tokenApp() })
  })
  afterAll(() => house.close())

  test('answer JSON that no browser takes for anything else', async () => {
    const answer = await house.fetch('/t/main/oauth2/token', { method: 'POST', body: new URLSearchParams({ client_id: 'nobody' }) })

    expect(answer.status).toBe(401)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('have a page, with its headers, for what is not there', async () => {
    for (const [method, path] of [
      ['POST', '/login/further'],
      ['GET', '/login/further'],
      ['GET', `/privacy-policy/${'x'.repeat(3000)}`],
    ] as const) {
      const answer = await house.fetch(`/t/main${path}`, { method })
      expect(answer.status, path).toBe(404)
      expect(answer.headers.get('content-security-policy'), path).toContain("frame-ancestors 'none'")
    }
  })
})

test('an outage of the store is an answer that says no more than that, and a line in the log', async () => {
  let down = false
  const house = await openHouseFixture({ authorize: authorizeApp() }, undefined, (own) => ({
    ...own,
    get: (key, options) => (down ? Promise.reject(new Error('the table of 10.0.0.7 is down')) : own.get(key, options)),
  }))
  down = true

  const answer = await house.fetch('/t/main/login')

  expect(answer.status).toBe(503)
  expect(await answer.text()).not.toContain('10.0.0.7')
  expect(house.logs.filter(({ level }) => level === 'error')).toHaveLength(1)
  house.close()
})

test("a redirect URI's host ends no directive of the page's policy", () => {
  for (const uri of ['https://app.example;sandbox/cb', 'https://app.example,sandbox/cb', "https://'none'/cb"])
    expect(formActionOf(uri)).toBe('https:')
  expect(formActionOf('https://app.example:8443/cb')).toBe('https://app.example:8443')
  expect(formActionOf('com.example.app:/cb')).toBe('com.example.app:')
})
