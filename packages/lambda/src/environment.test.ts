import { expect, test } from 'vitest'
import { parseDeliver, parseDoor, parseRelay } from './environment.ts'

const BASE = {
  GATEHOUSE_STAGE: 'test',
  GATEHOUSE_TABLE: 'gatehouse',
  AWS_REGION: 'eu-central-1',
  AWS_ACCESS_KEY_ID: 'AKID',
  AWS_SECRET_ACCESS_KEY: 'secret',
}
const DOOR = { ...BASE, GATEHOUSE_VAULT: 'ssm:/gatehouse/test/key', GATEHOUSE_DOOR_SECRETS: `${'a'.repeat(32)},${'b'.repeat(32)}` }

test('a door has one or two secrets, a vault, and AWS where it is told', () => {
  const door = parseDoor({
    ...DOOR,
    AWS_ENDPOINT_URL: 'http://127.0.0.1:1',
    AWS_ENDPOINT_URL_KMS: 'http://127.0.0.1:2',
    GATEHOUSE_BASE_DOMAIN: '',
  })

  expect(door.doorSecrets).toHaveLength(2)
  expect(door.vault).toEqual({ kind: 'ssm', parameterName: '/gatehouse/test/key' })
  expect(door.baseDomain).toBeUndefined()
  expect([door.aws.endpoints.DYNAMODB, door.aws.endpoints.KMS]).toEqual(['http://127.0.0.1:1', 'http://127.0.0.1:2'])
  expect(parseDoor({ ...DOOR, GATEHOUSE_VAULT: 'kms:arn:aws:kms:eu-central-1:1:key/2' }).vault).toEqual({
    kind: 'kms',
    keyArn: 'arn:aws:kms:eu-central-1:1:key/2',
  })
})

test('everything that is missing or wrong is told at once, and no secret with it', () => {
  const wrong = { ...DOOR, GATEHOUSE_TABLE: '', GATEHOUSE_VAULT: 'file:/key', GATEHOUSE_DOOR_SECRETS: 'tooshort' }

  const refused = () => parseDoor(wrong)

  expect(refused).toThrow('GATEHOUSE_TABLE is not set')
  expect(refused).toThrow('GATEHOUSE_VAULT is not kms:<key arn> or ssm:<parameter name>')
  expect(refused).toThrow('GATEHOUSE_DOOR_SECRETS is not one or two values')
  expect(refused).not.toThrow('tooshort')
})

test.each(['', `${'a'.repeat(32)},${'b'.repeat(32)},${'c'.repeat(32)}`, `${'a'.repeat(32)},short`])(
  'these are no door secrets: %j',
  (secrets) => {
    expect(() => parseDoor({ ...DOOR, GATEHOUSE_DOOR_SECRETS: secrets })).toThrow('GATEHOUSE_DOOR_SECRETS')
  },
)

test.each(['http://id.example.com', 'https://id.example.com/', 'id.example.com', 'https://id.example.com/t/main'])(
  '%s is no origin',
  (origin) => {
    expect(() => parseRelay({ ...DOOR, GATEHOUSE_ORIGIN: origin })).toThrow('GATEHOUSE_ORIGIN is not the origin')
  },
)

test('who delivers needs no vault', () => {
  expect(parseDeliver({ ...BASE, GATEHOUSE_TEXT_COUNTRIES: 'DE, FR' }).textCountries).toEqual(['DE', 'FR'])
  expect(() => parseDeliver({ ...BASE, GATEHOUSE_TEXT_COUNTRIES: 'Germany' })).toThrow('country codes')
})
