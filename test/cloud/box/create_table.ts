/** Makes the plan's table in DynamoDB Local, and gives the name of its stream there. */

import type { Emulator } from './apis/emulator.ts'
import type { PlannedTable } from './plan/stores.ts'

export async function createTable(emulator: Emulator, { create, name, ttlAttribute }: PlannedTable): Promise<string> {
  const ask = async (operation: string, body: unknown) => {
    const answer = await emulator.ask(`DynamoDB_20120810.${operation}`, JSON.stringify(body))
    if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.body)}`)
    return answer.body
  }
  const { TableDescription } = await ask('CreateTable', create)
  const { LatestStreamArn } = TableDescription as { LatestStreamArn?: string }
  if (LatestStreamArn === undefined) throw new TypeError('the table of the plan has no stream')
  if (ttlAttribute !== undefined)
    await ask('UpdateTimeToLive', { TableName: name, TimeToLiveSpecification: { AttributeName: ttlAttribute, Enabled: true } })
  return LatestStreamArn
}
