/** Calls of DynamoDB. */
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'
import type { DynamodbClient } from './wire.ts'

export type DynamodbClientOptions = {
  readonly access: AwsAccess
  /** Of one try. Default 3,000: far beyond its slowest answers, so that little is sent twice in vain. */
  readonly timeoutMilliseconds?: number
  /** Default 4. */
  readonly maximumTries?: number
}

export function openDynamodbClient({ access, timeoutMilliseconds = 3_000, maximumTries = 4 }: DynamodbClientOptions): DynamodbClient {
  return openAwsJson({ access, service: 'DYNAMODB', target: 'DynamoDB_20120810', version: '1.0', timeoutMilliseconds, maximumTries })
}
