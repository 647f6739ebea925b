/** What the adapter sends to DynamoDB and reads from it: its JSON, as far as the house speaks it (DynamoDB API Reference, 2012-08-10). */
import type { AwsJson } from '../aws/open_aws_json.ts'

export type AttributeValue = {
  readonly S?: string
  readonly N?: string
  readonly BOOL?: boolean
  readonly NULL?: boolean
  readonly L?: readonly AttributeValue[]
  readonly M?: Readonly<Record<string, AttributeValue>>
}
export type Attributes = Record<string, AttributeValue>

export type ConsumedCapacity = { readonly CapacityUnits?: number }
export type GetItemOutput = { readonly Item?: Attributes; readonly ConsumedCapacity?: ConsumedCapacity }
export type WriteOutput = { readonly Attributes?: Attributes; readonly ConsumedCapacity?: ConsumedCapacity }
export type QueryOutput = {
  readonly Items?: readonly Attributes[]
  readonly LastEvaluatedKey?: Attributes
  readonly ConsumedCapacity?: ConsumedCapacity
}
export type TransactWriteItemsOutput = { readonly ConsumedCapacity?: readonly ConsumedCapacity[] }
export type CancellationReason = { readonly Code?: string; readonly Message?: string; readonly Item?: Attributes }

/** `('GetItem', {...})`. Throws `AwsError`. */
export type DynamodbClient = AwsJson
