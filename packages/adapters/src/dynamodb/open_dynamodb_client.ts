/** Calls of DynamoDB. It answers in milliseconds, so a try that has not is given up soon and sent again. */
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsJson } from '../aws/open_aws_json.ts'
import type { DynamodbClient } from './wire.ts'

export type DynamodbClientOptions = {
  readonly access: AwsAccess
  /** Of one try. Default 1,500: the first has a TLS handshake to make. */
  readonly timeoutMilliseconds?: number
  /** Default 4. */
  readonly maximumTries?: number
}

export function openDynamodbClient({ access, timeoutMilliseconds = 1_500, maximumTries = 4 }: DynamodbClientOptions): DynamodbClient {
  return openAwsJson({ access, service: 'DYNAMODB', target: 'DynamoDB_20120810', version: '1.0', timeoutMilliseconds, maximumTries })
}
