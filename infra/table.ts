/** The one table (design, section 3): what `packages/adapters/src/dynamodb/table_definition.ts` makes for a trial, kept for good. */
import type { Stage } from './stages.ts'

/** The name that the store's queries use. */
const INDEX = 'sparse'

export function createTable(stage: Stage) {
  return new sst.aws.Dynamo(
    'Table',
    {
      fields: { pk: 'string', sk: 'string', ipk: 'string', isk: 'string' },
      primaryIndex: { hashKey: 'pk', rangeKey: 'sk' },
      globalIndexes: { [INDEX]: { hashKey: 'ipk', rangeKey: 'isk', projection: ['label'] } },
      ttl: 'ttl',
      // relay compares the event before a write with the one after: a write that leaves the event alone is none
      stream: 'new-and-old-images',
      deletionProtection: stage.keepsData,
      transform: {
        table: (table) => {
          table.pointInTimeRecovery = stage.keepsData ? { enabled: true, recoveryPeriodInDays: 35 } : { enabled: false }
        },
      },
    },
    { retainOnDelete: stage.keepsData },
  )
}
