/** A whole deployment: the stacks, one upon the other. */
import { stageOf } from '../infra/stages.ts'
import { createTable } from '../infra/table.ts'

export function deployHouse() {
  const stage = stageOf($app.stage)
  const table = createTable(stage)
  return { table: table.name }
}
