/** The costs of operations, as DynamoDB itself reports them. */
import { openDynamodbClient } from '@gatehouse/adapters/dynamodb/open_dynamodb_client.ts'
import { openDynamodbTable } from '@gatehouse/adapters/dynamodb/open_dynamodb_table.ts'
import { createTableDefinition } from '@gatehouse/adapters/dynamodb/table_definition.ts'
import type { DynamodbClient } from '@gatehouse/adapters/dynamodb/wire.ts'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { describeExtra } from '../extras.ts'
import { costsContract } from './costs.contract.ts'
import { accessTo, type DynamodbLocal, findDynamodbLocal, startDynamodbLocal } from './dynamodb_local.ts'

const extra = findDynamodbLocal(process.env)

describeExtra('costs on DynamoDB', extra, () => {
  let local: DynamodbLocal
  let client: DynamodbClient
  let tableName = ''
  let tables = 0

  beforeAll(async () => {
    local = await startDynamodbLocal(extra.directory)
    client = openDynamodbClient({ access: accessTo(local.endpoint), timeoutMilliseconds: 20_000 })
  })

  // Each test begins with an empty house.
  beforeEach(async () => {
    tableName = `gatehouse-${++tables}`
    await client('CreateTable', createTableDefinition(tableName))
  })

  afterAll(async () => {
    await local?.stop()
  })

  costsContract(() => openDynamodbTable({ client, tableName, transactionUnits: 'computed' }))
})
