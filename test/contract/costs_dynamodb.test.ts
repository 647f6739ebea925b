/** The costs of operations, as DynamoDB itself reports them. */
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { openDynamodbTable } from '@gatehouse/adapters/dynamodb/open_dynamodb_table.ts'
import { createTableDefinition } from '@gatehouse/adapters/dynamodb/table_definition.ts'
import { afterAll, beforeAll, beforeEach } from 'vitest'
import { describeExtra } from '../extras.ts'
import { costsContract } from './costs.contract.ts'
import { type DynamodbLocal, findDynamodbLocal, startDynamodbLocal } from './dynamodb_local.ts'

const extra = findDynamodbLocal(process.env)

describeExtra('costs on DynamoDB', extra, () => {
  let local: DynamodbLocal
  let client: DynamoDBClient
  let tableName = ''
  let tables = 0

  beforeAll(async () => {
    local = await startDynamodbLocal(extra.directory)
    const credentials = { accessKeyId: 'none', secretAccessKey: 'none' }
    client = new DynamoDBClient({ endpoint: local.endpoint, region: 'eu-central-1', credentials })
  })

  // Each test begins with an empty house.
  beforeEach(async () => {
    tableName = `gatehouse-${++tables}`
    await client.send(new CreateTableCommand(createTableDefinition(tableName)))
  })

  afterAll(async () => {
    client?.destroy()
    await local?.stop()
  })

  costsContract(() => openDynamodbTable({ client, tableName, transactionUnits: 'computed' }))
})
