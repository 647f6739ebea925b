/** Configuration files against a whole house: `gatehouse apply` and `export`, as a pipeline runs them. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCommand } from '@gatehouse/local/cli/command_line.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'
import { type StartedHouse, startHouse } from '../../house.ts'

const SECRET = 'the secret of the pipeline'
const PIPELINE = {
  client_id: 'pipeline',
  client_name: 'Pipeline',
  client_secret: SECRET,
  grant_types: ['client_credentials'],
  scope: '',
  gatehouse_roles: ['tenant-admin', 'platform-admin'],
}
const START = { tenants: [{ id: 'main', applications: [PIPELINE] }] }

/** Something of everything, in orders that are not the house's own. */
const WHOLE = `
tenants:
  - id: main
    display_name: Pickup
    locales: [de, en]
    branding: { accent_color: "#8a5a00" }
    policies:
      password: { minimumLength: 10 }
      selfRegistration: false
      signIn: { steps: [{ anyOf: [password] }, { anyOf: [totp, email_otp], when: { roles: [zebra-keeper] }, ifNotEnrolled: enrol }] }
    privacy_policy: { version: "2", title: Privacy, text: We keep what you tell us. }
    roles:
      - { name: zebra-keeper, permissions: [users:read, audit:read] }
      - { name: ape-keeper }
    groups:
      - { displayName: Drivers, members: [jo, Ann] }
      - { displayName: Everyone }
    users:
      - userName: jo
        password: a long walk by the sea 7
        name: { givenName: Jo, familyName: Fischer }
        emails: [{ value: jo@pickup.example, primary: true, verified: true }, { value: jo@home.example, type: home }]
        phoneNumbers: [{ value: "+491701234567" }]
        locale: de
        roles: [zebra-keeper, ape-keeper]
      - { userName: ann, active: false, groups: [Everyone, Drivers] }
    applications:
      - client_id: desk
        client_name: Desk
        client_secret: the secret of the desk
        redirect_uris: [https://desk.example/callback]
        backchannel_logout_uri: https://desk.example/logout
        gatehouse_claims: [{ name: email, essential: true }, { name: given_name }]
        gatehouse_sign_in: { steps: [{ anyOf: [password] }, { anyOf: [totp, recovery_code], rememberable: true }] }
      - { client_id: phone app/1, client_name: Phone, application_type: native, redirect_uris: ["com.example.phone:/callback"], token_endpoint_auth_method: none }
    workflows:
      - name: two levels
        levels:
          - { name: First, approvers: { roles: [zebra-keeper] }, timeout: { seconds: 3600, action: escalate, to: { users: [jo] } } }
          - { name: Second, approvers: { users: [jo], roles: [ape-keeper] } }
    associations:
      - { operation: self_registration, workflow: two levels, condition: [{ field: user_name, operator: starts_with, value: x }] }
`.replace('phone app/1', 'phone-app/1')

let folder: string
let house: StartedHouse
const houses: StartedHouse[] = []

async function open(): Promise<StartedHouse> {
  const opened = await startHouse({ seed: START, words: ['--no-samples'] })
  houses.push(opened)
  return opened
}

/** What the command says, line by line. */
async function gatehouse(words: readonly string[], of = house): Promise<string[]> {
  const lines: string[] = []
  const environment = { GATEHOUSE_CLIENT_ID: 'pipeline', GATEHOUSE_CLIENT_SECRET: SECRET, GATEHOUSE_ISSUER: of.issuer() }
  await runCommand(words, environment, (line) => lines.push(line))
  return lines
}

async function file(text: string, name = 'house.yaml'): Promise<string> {
  await writeFile(join(folder, name), text)
  return join(folder, name)
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-configuration-'))
  house = await open()
})
afterAll(async () => {
  await Promise.all(houses.map((one) => one.stop()))
  await rm(folder, { recursive: true, force: true })
})

test('a dry run says what would change, and changes nothing', async () => {
  const before = await gatehouse(['export'])

  const lines = await gatehouse(['apply', await file(WHOLE), '--dry-run'])

  expect(lines).toContain(
    '~ main: tenant main (display_name, locales, branding.accent_color, policies.password.minimumLength, policies.selfRegistration, policies.signIn, privacy_policy.version, privacy_policy.title, privacy_policy.text)',
  )
  expect(lines).toContain('+ main: person jo')
  expect(lines.at(-1)).toMatch(/to change; nothing was changed$/)
  expect(await gatehouse(['export'])).toEqual(before)
})

test('applying says each step; applying again changes nothing', async () => {
  const first = await gatehouse(['apply', await file(WHOLE)])
  const second = await gatehouse(['apply', await file(WHOLE)])

  expect(first.filter((line) => line.startsWith('+'))).toEqual([
    '+ main: role zebra-keeper',
    '+ main: role ape-keeper',
    '+ main: group Drivers',
    '+ main: group Everyone',
    '+ main: person jo',
    '+ main: person ann',
    '+ main: application desk',
    '+ main: application phone-app/1',
    '+ main: workflow two levels',
    '+ main: association self_registration -> two levels',
  ])
  expect(second).toEqual(['nothing to change'])
})

test('one field changed is one step, told by its path', async () => {
  const lines = await gatehouse(['apply', await file(WHOLE.replace('givenName: Jo,', 'givenName: Joan,'))])

  expect(lines).toEqual(['~ main: person jo (name.givenName)', '1 changed'])
})

test('a field that a file no longer says goes back to its default', async () => {
  const without = WHOLE.replace('        backchannel_logout_uri: https://desk.example/logout\n', '')

  expect(await gatehouse(['apply', await file(without)])).toContain('~ main: application desk (backchannel_logout_uri)')
  expect(await gatehouse(['apply', await file(without)])).toEqual(['nothing to change'])
})

test('what one house exports makes the same house elsewhere', async () => {
  await gatehouse(['apply', await file(WHOLE)])
  const exported = (await gatehouse(['export'])).join('\n')
  const other = await open()

  await gatehouse(['apply', await file(exported)], other)

  expect((await gatehouse(['export'], other)).join('\n')).toBe(exported)
  expect(await gatehouse(['apply', await file(exported)], other)).toEqual(['nothing to change'])
  expect(await gatehouse(['apply', await file(exported)])).toEqual(['nothing to change'])
})

test('an export holds no secret, no password, no id of the house, and none of the house’s own roles and applications', async () => {
  const text = (await gatehouse(['export'])).join('\n')

  expect(text).not.toMatch(/password:\s+["']?\$|the secret of|argon|usr_|rol_|gatehouse-cli|gatehouse-platform|name: tenant-admin/)
})

test('JSON and YAML are one configuration', async () => {
  const [yaml, json] = [(await gatehouse(['export'])).join('\n'), (await gatehouse(['export', '--json'])).join('\n')]

  expect(JSON.parse(json)).toEqual(parse(yaml))
  expect(await gatehouse(['apply', await file(json, 'house.json')])).toEqual(['nothing to change'])
})

test('export writes a file, and never over one that is there', async () => {
  const target = join(folder, 'exported.yaml')

  expect(await gatehouse(['export', target])).toEqual([`wrote ${target}`])
  expect(await readFile(target, 'utf8')).toContain('id: main')
  await expect(gatehouse(['export', target])).rejects.toThrow(/exists; export to another file/)
})

test('a second tenant in a file is created and filled, and the next time found as it is', async () => {
  const text = 'tenants: [{ id: acme, display_name: Acme, roles: [{ name: boss }], users: [{ userName: wile, roles: [boss] }] }]'

  const dry = await gatehouse(['apply', await file(text), '--dry-run'])
  const first = await gatehouse(['apply', await file(text)])
  const second = await gatehouse(['apply', await file(text)])

  expect(dry).toEqual(['+ tenant acme', '1 to change; nothing was changed'])
  expect(first).toEqual(['+ tenant acme', '+ acme: role boss', '+ acme: person wile', '3 changed'])
  expect(second).toEqual(['nothing to change'])
  expect((await fetch(`${house.issuer('acme')}/.well-known/openid-configuration`)).status).toBe(200)
})

test('a secret that the house made is told once, and keeps working', async () => {
  const text =
    'tenants: [{ id: main, applications: [{ client_id: worker, client_name: Worker, grant_types: [client_credentials], scope: "" }] }]'

  const first = await gatehouse(['apply', await file(text)])
  const second = await gatehouse(['apply', await file(text)])

  const secret = /^secret of main\/worker, shown this once: (\S+)$/.exec(first.at(-1) ?? '')?.[1] ?? ''
  expect(second).toEqual(['nothing to change'])
  expect(await tokenStatus('worker', secret)).toBe(200)
})

test('a contradiction or an unknown key stops before anything is asked of the house', async () => {
  const unknown = await file('tenants: [{ id: main, roles: [{ name: never }], users: [{ userName: jo, nick: J }] }]')

  await expect(gatehouse(['apply', unknown])).rejects.toThrow(/tenants\.0\.users\.0\.nick: unknown key/)
  expect((await gatehouse(['export'])).join('\n')).not.toContain('never')
})

test('a file that names what is not there is refused with the field', async () => {
  const text = 'tenants: [{ id: main, users: [{ userName: max, roles: [nobody-has-this] }] }]'

  await expect(gatehouse(['apply', await file(text)])).rejects.toThrow(
    /^main: person \S+ was refused: \/roles\/0: there is no role named nobody-has-this$/,
  )
})

test('weak passwords are taken only where the house is reached from its own machine alone', async () => {
  const seed = { tenants: [{ id: 'main', users: [{ userName: 'alex', password: 'alex123' }] }] }
  const data = await mkdtemp(join(tmpdir(), 'gatehouse-weak-'))

  await expect(startHouse({ seed, data, words: ['--no-samples', '--origin', 'https://id.example.org'] })).rejects.toThrow(
    /main: person alex was refused: \/password: too short/,
  )
  const local = await startHouse({ seed, data, words: ['--no-samples'] })
  await local.stop()

  await rm(data, { recursive: true, force: true })
})

async function tokenStatus(id: string, secret: string): Promise<number> {
  const response = await fetch(`${house.issuer()}/oauth2/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa(`${id}:${secret}`)}` },
    body: new URLSearchParams({ grant_type: 'client_credentials' }),
  })
  return response.status
}
