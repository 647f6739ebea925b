/** A script that works for ever within one call of its engine, where no step is counted, holds up its own sign-in, and nobody else of the house. */
import { openScriptThreads, type ScriptThreads } from '@gatehouse/adapters/script_threads/open_script_threads.ts'
import type { ScriptEngine } from '@gatehouse/ports/script_engine.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { codeFrom } from '../fixture/factor_house.ts'
import { PATIENT_ENGINE } from '../fixture/patient_engine.ts'
import { openScriptHouse, type ScriptHouse, STEPS } from '../fixture/script_house.ts'
import { authorizePath, PASSWORD, signIn } from '../fixture/sign_in_house.ts'

const SPINS = `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) {
  var a = []; for (var i = 0; i < 50000; i++) { a.push((i * 7919) % 50021); }
  Log.info('sorting');
  for (;;) { a.sort(); }
} }); };`

const SAYS_WHO = `var onLoginRequest = function (context) { executeStep(1, { onSuccess: function (context) { Log.info(context.currentKnownSubject.username); } }); };`

const FOR_EVER = 3_600_000
const ENGINE = import.meta.resolve('@gatehouse/policy/script/sandbox.ts')

let house: ScriptHouse
let threads: ScriptThreads | undefined
/** Runs of scripts that have begun and not ended. */
let running: number

beforeEach(async () => {
  house = await openScriptHouse()
  running = 0
})

afterEach(async () => {
  await threads?.close()
  house.close()
})

test('while a script sorts for ever, the pages and sign-ins of others are answered, scripted ones of other tenants too', async () => {
  useThreads(PATIENT_ENGINE, FOR_EVER)
  await house.setScript(SPINS)
  await house.addApplication('quiet', { gatehouse_skip_consent: true })
  await house.addTenant('other')
  await house.addUser('kim', PASSWORD, {}, 'other')
  await house.addApplication(
    'desk',
    { gatehouse_skip_consent: true, gatehouse_sign_in: { steps: STEPS }, gatehouse_adaptive_script: SAYS_WHO },
    undefined,
    'other',
  )
  const answered: string[] = []
  const spinning = house.begin(house.jar()).then((shown) => {
    answered.push('spinning')
    return shown
  })
  await expect.poll(said).toContain('sorting')

  for (const number of [1, 2, 3, 4, 5]) {
    expect(await house.jar().get(authorizePath({ client_id: 'quiet' }))).toMatchObject({ status: 200 })
    answered.push(`page ${number}`)
  }
  expect(codeFrom(await house.begin(house.jar(), { client_id: 'quiet' }))).toBeTruthy()
  answered.push('a plain sign-in of the same tenant')
  const jar = house.jar()
  expect(codeFrom(await signIn(jar, await jar.get(authorizePath({}, 'other')), 'kim'))).toBeTruthy()
  answered.push('a scripted sign-in of another tenant')
  expect(running).toBe(1)
  await threads?.close()
  const shown = await spinning

  expect(answered).toEqual([
    ...[1, 2, 3, 4, 5].map((number) => `page ${number}`),
    'a plain sign-in of the same tenant',
    'a scripted sign-in of another tenant',
    'spinning',
  ])
  expect(said()).toEqual(['sorting', 'kim'])
  expect(codeFrom(shown)).toBe(null)
})

test('after two seconds it is ended, its record says why, and the next script of the tenant runs', async () => {
  useThreads(ENGINE)
  await house.setScript(SPINS)

  const shown = await house.begin(house.jar())
  await house.setScript(SAYS_WHO)
  const next = await house.begin(house.jar())

  expect(shown).toMatchObject({ status: 500 })
  expect(shown.body).toContain('the sign-in script of Application desk failed')
  expect((await house.endings())[0]).toMatchObject({
    outcome: 'failed',
    because: [expect.any(String), 'the script failed: the script takes too long'],
  })
  expect(codeFrom(next)).toBeTruthy()
  expect(said().at(-1)).toBe('jo')
})

function useThreads(engine: string, patienceMilliseconds = 60_000): void {
  const opened = openScriptThreads({ engine, patienceMilliseconds })
  threads = opened
  const scripts: ScriptEngine = {
    async run(run, spent) {
      running++
      return opened.run(run, spent).finally(() => running--)
    },
  }
  Object.assign(house.house.ports, { scripts })
}

function said(): unknown[] {
  return house.logs.filter(({ message }) => message === 'script').map(({ fields }) => fields.text)
}
