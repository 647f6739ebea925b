/** The one table (design, section 3): what `packages/adapters/src/dynamodb/table_definition.ts` makes for a trial, kept for good. */
import { type Given, isOn } from './functions.ts'
import { named } from './names.ts'

/** The name that the store's queries use. */
export const INDEX = 'sparse'
const DAYS_BACK = 35

export function createTable(options: Given): sst.aws.Dynamo {
  const { keepsData } = options.stage
  return new sst.aws.Dynamo('Table', {
    fields: { pk: 'string', sk: 'string', ipk: 'string', isk: 'string' },
    primaryIndex: { hashKey: 'pk', rangeKey: 'sk' },
    globalIndexes: { [INDEX]: { hashKey: 'ipk', rangeKey: 'isk', projection: ['label'] } },
    ttl: 'ttl',
    // relay compares the event before a write with the one after: a write that leaves the event alone is none
    stream: 'new-and-old-images',
    deletionProtection: keepsData,
    transform: {
      table(table, resource) {
        table.name = named('table')
        table.pointInTimeRecovery = keepsData ? { enabled: true, recoveryPeriodInDays: DAYS_BACK } : { enabled: false }
        // encryption with the key that DynamoDB owns is always on, and costs nothing: what is secret is sealed by the vault besides
        if (isOn('replicas', options))
          table.replicas = [{ regionName: options.settings.replicaRegion, pointInTimeRecovery: true, deletionProtectionEnabled: true }]
        resource.retainOnDelete = keepsData
        resource.protect = options.stage.kind === 'production'
      },
    },
  })
}
