/** The KeyVaults of the cloud: whoever makes the master key, and whenever, all containers use the same. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { systemClock } from '@gatehouse/adapters/clock/system.ts'
import type { CloudVault } from '@gatehouse/adapters/key_vault/cloud_vault.ts'
import { openKmsVault } from '@gatehouse/adapters/kms/open_kms_vault.ts'
import { openSqliteTable, type SqliteTable } from '@gatehouse/adapters/sqlite/open_sqlite_table.ts'
import { openSsmVault } from '@gatehouse/adapters/ssm/open_ssm_vault.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type Arrival, type Loopback, openLoopback, operationOf, type Reply, refuse } from './loopback.ts'

const KEY = 'arn:aws:kms:eu-central-1:123456789012:key/1'
let directory = ''
let sqlite: SqliteTable
let aws: Loopback

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'gatehouse-vault-'))
  sqlite = openSqliteTable({ file: join(directory, 'house.sqlite'), clock: systemClock })
})

afterEach(async () => {
  sqlite.close()
  await aws.close()
  rmSync(directory, { recursive: true })
})

/** Seals by turning bytes round, in the words of KMS: the context must be the same. */
function kms(arrival: Arrival): Reply {
  const { KeyId, EncryptionContext, CiphertextBlob } = JSON.parse(arrival.body)
  if (KeyId !== KEY) return refuse('NotFoundException')
  const context = JSON.stringify(EncryptionContext)
  if (operationOf(arrival) === 'GenerateDataKeyWithoutPlaintext') {
    const key = Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64')
    return { body: { CiphertextBlob: Buffer.from(JSON.stringify([context, key])).toString('base64') } }
  }
  const [sealedFor, key] = JSON.parse(Buffer.from(CiphertextBlob, 'base64').toString())
  return sealedFor === context ? { body: { Plaintext: key } } : refuse('InvalidCiphertextException')
}

function parameterStore(): (arrival: Arrival) => Reply {
  const parameters = new Map<string, string>()
  return (arrival) => {
    const { Name, Value, Type, Overwrite } = JSON.parse(arrival.body)
    if (operationOf(arrival) === 'GetParameter')
      return parameters.has(Name) ? { body: { Parameter: { Value: parameters.get(Name) } } } : refuse('ParameterNotFound')
    if (Type !== 'SecureString') return refuse('ValidationException')
    if (parameters.has(Name) && !Overwrite) return refuse('ParameterAlreadyExists')
    parameters.set(Name, Value)
    return { body: { Version: 1 } }
  }
}

const VAULTS: Readonly<Record<string, { service: 'KMS' | 'SSM'; answer: () => (arrival: Arrival) => Reply; open: () => CloudVault }>> = {
  kms: { service: 'KMS', answer: () => kms, open: () => openKmsVault({ access: aws.access, keyArn: KEY, table: sqlite.table }) },
  ssm: { service: 'SSM', answer: parameterStore, open: () => openSsmVault({ access: aws.access, parameterName: '/gatehouse/key' }) },
}

describe.each(Object.entries(VAULTS))('%s', (_, { service, answer, open }) => {
  beforeEach(async () => {
    aws = await openLoopback(service, answer())
  })

  test('two that make the key at the same moment use one key', async () => {
    const [one, other] = [open(), open()]

    await Promise.all([one.ensure(), other.ensure()])

    const sealed = await one.seal(Buffer.from('secret'), 'context')
    expect(Buffer.from(await other.unseal(sealed, 'context')).toString()).toBe('secret')
    expect(await one.derive('cookies')).toEqual(await other.derive('cookies'))
  })

  test('making it again changes nothing', async () => {
    await open().ensure()
    const before = await open().derive('cookies')

    await open().ensure()

    expect(await open().derive('cookies')).toEqual(before)
  })

  test('a container asks for it once', async () => {
    await open().ensure()
    const vault = open()
    const before = aws.arrivals.length

    vault.warm()
    await Promise.all([vault.derive('a'), vault.derive('b'), vault.seal(Buffer.from('x'), 'c')])

    expect(aws.arrivals.length - before).toBe(1)
  })

  test('without one it says what makes it, and finds it once it is made', async () => {
    const vault = open()
    await expect(vault.derive('cookies')).rejects.toThrow('operate')

    await open().ensure()

    expect(await vault.derive('cookies')).toHaveLength(32)
  })
})
