/** DynamoDB: every call is passed on to DynamoDB Local as it came, once each of its actions is allowed on the table or the index that it touches. */

import { type Api, AwsError, type Call, type Input, type Operation, textOf } from '../aws/api.ts'
import { jsonProtocol } from '../aws/protocols.ts'
import type { Need } from '../iam/authority.ts'
import type { Emulator } from './emulator.ts'

export type DynamodbOptions = {
  readonly emulator: Emulator
  readonly tableArn: (tableName: string) => string
}

type Json = Record<string, unknown>

/** A write of a transaction is allowed by the action that it would be alone; only the condition check has one of its own. */
const TRANSACTION_ACTIONS: Readonly<Record<string, string>> = {
  ConditionCheck: 'ConditionCheckItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  Get: 'GetItem',
}

export function dynamodbApi({ emulator, tableArn }: DynamodbOptions): Api {
  const onTable = (action: string, input: Input): Need => {
    const table = tableArn(textOf(input, 'TableName'))
    const index = input.IndexName === undefined ? '' : `/index/${String(input.IndexName)}`
    return { action: `dynamodb:${action}`, resource: `${table}${index}`, context: leadingKeys(input) }
  }
  const single = (action: string): Operation => ({
    needs: ({ input }) => [onTable(action, input)],
    run: (call) => forward(emulator, action, call),
  })
  const transaction = (action: string): Operation => ({
    needs: ({ input }) =>
      writesOf(input).flatMap((write) =>
        Object.entries(write).map(([kind, target]) => onTable(TRANSACTION_ACTIONS[kind] ?? kind, target as Input)),
      ),
    run: (call) => forward(emulator, action, call),
  })
  return {
    prefix: 'dynamodb',
    protocol: jsonProtocol('1.0', 'com.amazonaws.dynamodb.v20120810'),
    denial: { code: 'AccessDeniedException', status: 400 },
    operations: {
      ...Object.fromEntries(
        ['GetItem', 'PutItem', 'UpdateItem', 'DeleteItem', 'Query', 'Scan', 'DescribeTable', 'DescribeTimeToLive'].map((name) => [
          name,
          single(name),
        ]),
      ),
      TransactWriteItems: transaction('TransactWriteItems'),
      TransactGetItems: transaction('TransactGetItems'),
    },
  }
}

/** The emulator answers errors in AWS's own words; those go on to the caller as they are. */
async function forward(emulator: Emulator, operation: string, { request }: Call): Promise<unknown> {
  const answer = await emulator.ask(`DynamoDB_20120810.${operation}`, request.body)
  if (answer.ok) return answer.body
  const { __type, message, Message, ...fields } = answer.body as { __type?: string; message?: string; Message?: string }
  throw new AwsError(__type?.split('#').at(-1) ?? 'InternalServerError', message ?? Message ?? '', answer.status, fields)
}

function writesOf(input: Input): Json[] {
  const { TransactItems } = input
  if (!Array.isArray(TransactItems)) throw new AwsError('ValidationException', 'TransactItems is missing')
  return TransactItems as Json[]
}

/** The partition key that a call names, for conditions on `dynamodb:LeadingKeys`. */
function leadingKeys(input: Input): Record<string, string[]> {
  const key = (input.Key ?? input.Item) as { pk?: { S?: string } } | undefined
  return key?.pk?.S === undefined ? {} : { 'dynamodb:leadingkeys': [key.pk.S] }
}
