/**
 * WSO2's own templates, as its product ships them, through real sign-ins. They are not ours to keep here: whoever has the files (`authenticationTemplates/*.json` of
 * the server's application management) names their folder in GATEHOUSE_WSO2_TEMPLATES.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FactorKind } from '@gatehouse/core/factor.ts'
import { parseScript } from '@gatehouse/local/cli/script_commands.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../../fixture/factor_house.ts'
import { openScriptHouse, type ScriptHouse } from '../../fixture/script_house.ts'
import { outcomesAt } from '../../fixture/script_outcomes.ts'

const FOLDER = process.env.GATEHOUSE_WSO2_TEMPLATES ?? ''
const FOUND = FOLDER === '' ? [] : readdirSync(FOLDER).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []))

/** In their form, and in our words. */
const OURS = `{
  "name": "Second-step-for-all",
  "defaultAuthenticators": { "1": { "local": ["BasicAuthenticator"], "federated": [] }, "2": { "local": ["totp"], "federated": [], } },
  "code": ["var onLoginRequest = function (context) {", "  executeStep(1, { onSuccess: function () {", "    seen = context.currentKnownSubject.identifier;", "    executeStep(2);", "  } });", "};"],
}`

let house: ScriptHouse
const { letsOn, asksMore, refuses, change } = outcomesAt(() => house)
let code: () => string

beforeEach(async () => {
  house = await openScriptHouse()
  code = (await house.addTotp()).code
})
afterEach(() => house.close())

const CASES: Readonly<Record<string, () => Promise<void>>> = {
  async acr() {
    await letsOn(house.jar(), { acr_values: 'acr1' })
    await asksMore(house.jar(), { acr_values: 'acr2' })
    const asked = house.jar()
    const next = await asked.submit(await asksMore(asked), { otp: code() })
    expect(next.url.pathname).toBe('/t/main/mfa/enrol')
  },
  async age() {
    await refuses('You need to be over 18')
    await change({ attributes: { dob: '2008-01-06' } })
    await refuses('You need to be over 18')
    await change({ attributes: { dob: '2000-01-05' } })
    await letsOn()
  },
  claim: () => CASES.age?.() ?? Promise.resolve(),
  async failedLoginAttempts() {
    await letsOn()
    const jar = house.jar()
    let shown = await house.authorize(jar)
    for (let i = 0; i < 3; i++) shown = await jar.submit(shown, { username: 'jo', password: 'wrong' })
    const asked = await jar.submit(shown, { username: 'jo', password: 'a long walk by the sea 7' })
    expect(asked.url.pathname).toBe('/t/main/mfa')
  },
  async group() {
    await house.stores().groups.save({ id: 'grp_manager01', displayName: 'manager', version: 0 }, {})
    await letsOn()
    await change({ groups: ['grp_manager01'] })
    await asksMore()
  },
  groupBased2FAStepUp: () => CASES.group?.() ?? Promise.resolve(),
  async ipbased() {
    await asksMore(house.jar('198.51.100.7'))
    await letsOn(house.jar('10.100.3.4'))
  },
  async office365() {
    await letsOn()
    expect(await rolesOfJo()).toEqual([])
    await house.stores().roles.save({ id: 'rol_office0365', name: 'office365Role', permissions: [], version: 0 }, {})
    await letsOn()
    await letsOn()
    expect(await rolesOfJo()).toEqual(['rol_office0365'])
  },
  office365V2: () => CASES.office365?.() ?? Promise.resolve(),
  async passkeyEnrollment() {
    await letsOn()
  },
  async role() {
    await house.stores().roles.save({ id: 'rol_managers1', name: 'manager', permissions: [], version: 0 }, {})
    await letsOn()
    await change({ roles: ['rol_managers1'] })
    const jar = house.jar()
    expect(codeFrom(await jar.submit(await asksMore(jar), { otp: code() }))).toBeTruthy()
  },
  roleV2: () => CASES.role?.() ?? Promise.resolve(),
  async session() {
    await house.stores().roles.save({ id: 'rol_managers1', name: 'manager', permissions: [], version: 0 }, {})
    await letsOn()
    await letsOn()
    await change({ roles: ['rol_managers1'] })
    const jar = house.jar()
    const form = await house.begin(jar)
    expect(form.body).toContain('You are signed in elsewhere')
    expect(codeFrom(await jar.submit(form, { session0: 'yes', session1: 'yes' }))).toBeTruthy()
  },
  sessionV2: () => CASES.session?.() ?? Promise.resolve(),
  async tenantdomain() {
    await letsOn()
  },
  async unseenDevices() {
    await change({ emails: [{ value: 'jo@example.org', primary: true, verified: true }] })
    const jar = house.jar()
    expect(codeFrom(await jar.submit(await asksMore(jar), { otp: code() }))).toBeTruthy()
    await letsOn(jar)
    expect(await house.events('script.mail_asked')).toHaveLength(1)
    await asksMore()
  },
  async userstore() {
    await letsOn()
  },
}

/** They ask what has no meaning here: the script fails, nobody is let in, and the audit record says why. */
const NOT_HERE: Readonly<Record<string, string>> = {
  elasticRiskScore: 'callElastic has no meaning here',
  riskScore: 'callAnalytics has no meaning here',
  typingdna: 'verifyUserWithTypingDNA has no meaning here',
}

test('a file in the form of WSO2’s templates runs as it stands: its lines, with the factors of its steps', async () => {
  await apply(OURS, 'ours.json')

  const jar = house.jar()
  expect(codeFrom(await jar.submit(await asksMore(jar), { otp: code() }))).toBeTruthy()
})

for (const name of FOUND.filter((one) => Object.hasOwn(CASES, one)))
  test(`${name} does what it is for`, async () => {
    await apply(read(name), `${name}.json`)

    await CASES[name]?.()

    expect((await house.endings()).filter(({ outcome }) => outcome === 'failed')).toEqual([])
  })

for (const name of FOUND.filter((one) => Object.hasOwn(NOT_HERE, one)))
  test(`${name} lets nobody in, and says why`, async () => {
    await apply(read(name), `${name}.json`)

    expect(codeFrom(await house.begin(house.jar()))).toBeNull()

    expect((await house.endings()).at(-1)?.because.join('\n')).toContain(NOT_HERE[name])
  })

function read(name: string): string {
  return readFileSync(join(FOLDER, `${name}.json`), 'utf8')
}

async function apply(file: string, name: string): Promise<void> {
  const { text, steps } = parseScript(name, file)
  await house.setScript(text)
  const { applications } = house.stores()
  const before = await applications.find('desk')
  if (!before) throw new Error('no application')
  const { secrets: _, ...application } = before
  const given = steps.map(({ anyOf }) => ({ anyOf: anyOf as readonly FactorKind[], ifNotEnrolled: 'skip', rememberable: false }) as const)
  await applications.update({ ...application, gatehouse_sign_in: { steps: given } }, {})
  house.house.cache.applications.forget('main\ndesk')
}

async function rolesOfJo(): Promise<readonly string[]> {
  return (await house.stores().users.find(house.jo.id, { consistent: true }))?.roles ?? []
}
