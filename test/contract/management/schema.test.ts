/** The published descriptions: the JSON Schema of configuration files, and the API's own OpenAPI 3.1 document. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { adminApp } from '@gatehouse/http/admin/app.ts'
import { parseConfiguration } from '@gatehouse/local/configuration/read_file.ts'
import { configurationJsonSchema } from '@gatehouse/local/configuration/schema.ts'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { ROOT } from '../../house.ts'
import { openManagementHouse } from './management_house.ts'

const PUBLISHED = join(ROOT, 'docs', 'schema', 'configuration.schema.json')
const SEEDS = join(ROOT, 'packages', 'local', 'seed')

test('the published JSON Schema is the one that the house checks by: npm run -s gatehouse -- schema > docs/schema/configuration.schema.json', async () => {
  expect(JSON.parse(await readFile(PUBLISHED, 'utf8'))).toEqual(JSON.parse(JSON.stringify(configurationJsonSchema())))
})

describe('the published JSON Schema, as an editor reads it', async () => {
  const check = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(await readFile(PUBLISHED, 'utf8')))

  test.each(await readdir(SEEDS))('knows the seed %s, and so does the house', async (name) => {
    const text = await readFile(join(SEEDS, name), 'utf8')

    expect(check(parse(text))).toBe(true)
    expect(parseConfiguration(text, name).tenants).toHaveLength(1)
  })

  test('every example of the documentation is a configuration', async () => {
    const text = await documentation()
    const examples = [...text.matchAll(/^```(?:yaml|json)\n(.*?)^```$/gms)]
      .map((found) => found[1] ?? '')
      .filter((one) => /tenants"?:/.test(one))

    expect(examples.length).toBeGreaterThan(3)
    for (const example of examples) {
      expect(check(parse(example)), example).toBe(true)
      expect(parseConfiguration(example, 'an example').tenants.length).toBeGreaterThan(0)
    }
  })

  test('every key of it stands in the documentation', async () => {
    const text = await documentation()

    expect(
      keysOf(JSON.parse(await readFile(PUBLISHED, 'utf8'))).filter((key) => !new RegExp(`\\b${key.replace('$', '\\$?')}\\b`).test(text)),
    ).toEqual([])
  })

  test.each([
    { tenants: [{ id: 'main', colour: 'red' }] },
    { tenants: [{ id: 'main', users: [{ userName: 'jo', firstName: 'Jo' }] }] },
    { tenants: [{ id: 'main', applications: [{ client_name: 'No id' }] }] },
    { tenants: [{ id: 'main', associations: [{ operation: 'tea_making', workflow: 'w' }] }] },
    { tenant: [] },
  ])('refuses %j', (file) => {
    expect(check(file)).toBe(false)
  })

  test('lets a file name its schema', () => {
    expect(check({ $schema: '../docs/schema/configuration.schema.json', tenants: [] })).toBe(true)
  })
})

test('the API’s description is valid OpenAPI 3.1, and needs no token', async () => {
  const house = await openManagementHouse()

  const { status, body } = await house.api(undefined, 'GET', '/openapi.json')
  const found = await new Validator().validate(structuredClone(body))

  expect(status).toBe(200)
  expect(found.errors).toBeUndefined()
  expect(found.valid).toBe(true)
  expect(body).toMatchObject({ openapi: '3.1.0', servers: [{ url: house.house.addresses.of('main').issuer }] })
  house.close()
})

test('every route that the API answers is in its description, with a permission and a summary', () => {
  const app = adminApp()
  const { paths = {} } = app.getOpenAPI31Document({ openapi: '3.1.0', info: { title: '', version: '' } })
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, route]) => ({
      route: `${method.toUpperCase()} ${path}`,
      ...(route as { summary: string; security: unknown }),
    })),
  )
  const answered = app.routes.filter(({ method, path }) => method !== 'ALL' && path !== '/api/v1/openapi.json')
  const templated = new Set(answered.map(({ method, path }) => `${method} ${path.replaceAll(/:(\w+)/g, '{$1}')}`))

  expect(new Set(described.map(({ route }) => route))).toEqual(templated)
  expect(described.filter(({ summary, security }) => !summary || !Array.isArray(security) || security.length !== 1)).toEqual([])
})

/** Names of properties, at whatever depth. */
function keysOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(keysOf)
  if (schema === null || typeof schema !== 'object') return []
  const named = 'properties' in schema && typeof schema.properties === 'object' ? Object.keys(schema.properties ?? {}) : []
  return [...named, ...Object.values(schema).flatMap(keysOf)]
}

/** Where configuration files are told of. */
async function documentation(): Promise<string> {
  const texts = await Promise.all(['configuration.md', 'migration.md'].map((name) => readFile(join(ROOT, 'docs', name), 'utf8')))
  return texts.join('\n')
}
