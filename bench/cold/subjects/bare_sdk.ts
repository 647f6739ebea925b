/** The bar, and one read of DynamoDB by AWS's own SDK as one imports it. */
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb'
import { handler as bare } from './bare.ts'
import type { Event, Result } from './event.ts'

const client = new DynamoDBClient({})

export async function handler(event: Event): Promise<Result> {
  await client.send(new GetItemCommand({ TableName: process.env.GATEHOUSE_TABLE, Key: { pk: { S: 't#main' }, sk: { S: 'TENANT' } } }))
  return bare(event)
}
