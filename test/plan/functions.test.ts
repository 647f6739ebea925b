import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { DOOR_FUNCTIONS, FUNCTION_TABLE, FUNCTIONS, type FunctionName } from '../../infra/function_table.ts'
import type { Plan } from '../../infra/plan/plan.ts'
import { PLANNED_STAGES } from '../../infra/plan/planned_stages.ts'
import { ROOT } from '../house.ts'
import { describePlans, input, ofType, resource } from './plans.ts'

describePlans('a function', (plans) => {
  describe.each(PLANNED_STAGES)('of %s', (stage) => {
    test.each(FUNCTIONS)('%s is what its row says, on the runtime of the house', (name) => {
      const row = FUNCTION_TABLE[name]

      expect(planned(plans[stage], name).inputs).toMatchObject({
        name: `gatehouse-${plans[stage].stage}-${name}`,
        runtime: 'nodejs24.x',
        architectures: ['arm64'],
        handler: 'index.handler',
        memorySize: row.megabytes,
        timeout: row.seconds,
        loggingConfig: { logFormat: 'JSON', logGroup: `/aws/lambda/gatehouse-${plans[stage].stage}-${name}` },
        tracingConfig: { mode: 'PassThrough' },
        environment: {
          variables: { GATEHOUSE_STAGE: plans[stage].stage, GATEHOUSE_TABLE: resource(plans[stage], 'TableTable').outputs.name },
        },
      })
    })

    test('is told what it reads, and no more', () => {
      const told = Object.fromEntries(
        FUNCTIONS.map((name) => [name, Object.keys(input(planned(plans[stage], name), 'environment.variables') as object)]),
      )
      const base = ['GATEHOUSE_STAGE', 'GATEHOUSE_TABLE']
      const opens = [
        ...base,
        'GATEHOUSE_VAULT',
        ...(stage === 'production_with_domain' || stage === 'everything_on'
          ? ['GATEHOUSE_BASE_DOMAIN', 'GATEHOUSE_CERTIFICATE_ORIGIN']
          : []),
      ]

      for (const name of ['authorize', 'token', 'register', 'approve', 'consent', 'account'])
        expect(told[name]?.sort(), name).toEqual([...opens, 'GATEHOUSE_DOOR_SECRETS'].sort())
      expect(told.operate).toEqual(expect.arrayContaining([...opens, 'GATEHOUSE_ORIGIN']))
      for (const name of ['task', 'sweep', 'relay'])
        expect(told[name], name).toEqual(expect.arrayContaining([...opens, 'GATEHOUSE_ORIGIN', 'GATEHOUSE_STATE_MACHINE']))
      for (const name of FUNCTIONS)
        expect(
          told[name]?.filter((variable) => !variable.startsWith('GATEHOUSE_')),
          name,
        ).toEqual([])
    })
  })

  test.each(FUNCTIONS)('%s weighs no more than it may', (name) => {
    expect(kilobytesOf(join(ROOT, '.build/lambda', name))).toBeLessThanOrEqual(FUNCTION_TABLE[name].kilobytes)
  })

  test.each(FUNCTIONS)('%s parses no more at a cold start than it may', (name) => {
    expect(startKilobytesOf(join(ROOT, '.build/lambda', name))).toBeLessThanOrEqual(FUNCTION_TABLE[name].startKilobytes)
  })

  test.each(FUNCTIONS)('%s starts with its start in one file, and at most the two that lead to it and help it', (name) => {
    expect(startFilesOf(join(ROOT, '.build/lambda', name)).length).toBeLessThanOrEqual(3)
  })

  test('parses what a plain sign-in does not need only when a request does', () => {
    const start = startTextOf(join(ROOT, '.build/lambda', 'authorize'))

    // The page itself, in English, and the names of the other languages.
    expect(start).toContain('Sign in to')
    expect(start).not.toMatch(/Anmelden|[\u0600-\u06ff]{8}/)
    for (const later of ['@simplewebauthn', 'QuickJS', 'otpauth:', 'bcrypt', 'signature-input', 'border-radius'])
      expect(start, later).not.toContain(later)
  })

  test.each(DOOR_FUNCTIONS)('%s asks nothing of Unicode before a request does: the first question is dear', (name) => {
    const questions = ['Collator', 'DateTimeFormat', 'DisplayNames', 'ListFormat', 'NumberFormat', 'PluralRules', 'Segmenter']
    const bundle = pathToFileURL(join(ROOT, '.build/lambda', name, 'index.mjs')).href
    const program = [
      `const refuse = (name) => class { constructor() { throw new Error('Intl.' + name + ' at the start') } }`,
      `for (const name of ${JSON.stringify(questions)}) Intl[name] = refuse(name)`,
      `const { handler } = await import(${JSON.stringify(bundle)})`,
      'process.stdout.write(typeof handler, () => process.exit())',
    ].join('\n')

    const said = execFileSync(process.execPath, ['--input-type=module', '--eval', program], { env: STARTED, encoding: 'utf8' })

    expect(said).toBe('function')
  })

  test('has an address only where it stands behind the front door', () => {
    const addresses = ofType(plans.production, 'aws:lambda/functionUrl:FunctionUrl')

    expect(addresses.map(({ inputs }) => inputs.functionName)).toHaveLength(7)
    for (const { inputs, name } of addresses) {
      expect(inputs.authorizationType, name).toBe('NONE')
      expect(inputs.cors, name).toBeUndefined()
    }
  })

  test('is made whole by operate, once per deployment; what is kept of that is no secret', () => {
    expect(resource(plans.production, 'Ensure').inputs).toMatchObject({
      functionName: 'gatehouse-production-operate',
      input: JSON.stringify({ action: 'ensure' }),
      triggers: { code: resource(plans.production, 'OperateFunction').inputs.s3Key },
    })
  })

  test('that is kept warm is reached where it is warm', () => {
    const { origins } = JSON.parse(String(resource(plans.everything_on, 'DoorKey').inputs.value))
    const warm = resource(plans.everything_on, 'TokenWarmUrl')

    expect(`https://${origins.token}/`).toBe(warm.outputs.functionUrl)
    expect(warm.inputs.qualifier).toBe('warm')
    expect(ofType(plans.production, 'aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig')).toEqual([])
  })
})

/** What a function behind the front door is told; nobody listens at the addresses. */
const STARTED = {
  GATEHOUSE_STAGE: 'test',
  GATEHOUSE_TABLE: 'gatehouse',
  GATEHOUSE_VAULT: 'kms:arn:aws:kms:eu-central-1:123456789012:key/test',
  GATEHOUSE_DOOR_SECRETS: 'the-front-doors-secret-of-the-test',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'test',
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_ENDPOINT_URL_DYNAMODB: 'http://127.0.0.1:9',
  AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:9',
}

function planned(plan: Plan, name: FunctionName) {
  return resource(plan, `${name.charAt(0).toUpperCase()}${name.slice(1)}Function`)
}

/** The entry, and what it imports before it runs. */
function startFilesOf(folder: string): string[] {
  const found = new Set<string>()
  const follow = (file: string) => {
    if (found.has(file)) return
    found.add(file)
    for (const [, next] of readFileSync(join(folder, file), 'utf8').matchAll(
      /(?:^|[;}])(?:import|export)(?:[^"'();]*?from)?"\.\/([^"]+)"/g,
    ))
      if (next !== undefined) follow(next)
  }
  follow('index.mjs')
  return [...found].map((file) => join(folder, file))
}

function startKilobytesOf(folder: string): number {
  return startFilesOf(folder).reduce((sum, file) => sum + statSync(file).size, 0) / 1024
}

function startTextOf(folder: string): string {
  return startFilesOf(folder)
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n')
}

/** As Lambda unpacks it, without the maps. */
function kilobytesOf(folder: string): number {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter(
    (entry) => entry.isFile() && !entry.name.endsWith('.map'),
  )
  return files.reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0) / 1024
}
