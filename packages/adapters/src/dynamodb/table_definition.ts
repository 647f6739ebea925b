/** The one table of the house, as it is created for a trial; in the cloud `infra/` says the same. */

export const INDEX_NAME = 'sparse'

export function createTableDefinition(tableName: string): object {
  return {
    TableName: tableName,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'ipk', 'isk'].map((name) => ({ AttributeName: name, AttributeType: 'S' })),
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: INDEX_NAME,
        KeySchema: [
          { AttributeName: 'ipk', KeyType: 'HASH' },
          { AttributeName: 'isk', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: ['label'] },
      },
    ],
    StreamSpecification: { StreamEnabled: true, StreamViewType: 'NEW_AND_OLD_IMAGES' },
  }
}

/** Expiry is set on a table that exists: CreateTable has no field for it. */
export function createTimeToLiveDefinition(tableName: string): object {
  return { TableName: tableName, TimeToLiveSpecification: { AttributeName: 'ttl', Enabled: true } }
}
