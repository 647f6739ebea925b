/** Calls of AWS by the operator's key, signed by the house's own small client. */
import type { AwsAccess } from '@gatehouse/adapters/aws/aws_access.ts'
import { openAwsJson } from '@gatehouse/adapters/aws/open_aws_json.ts'
import type { Box } from '../box/open_box.ts'

export function accessTo({ region, operator, endpoint }: Pick<Box, 'region' | 'operator' | 'endpoint'>): AwsAccess {
  const services = ['DYNAMODB', 'KMS', 'SSM', 'SQS', 'SFN', 'SESV2', 'SNS', 'S3']
  return { region, credentials: operator.credentials, endpoints: Object.fromEntries(services.map((service) => [service, endpoint])) }
}

export async function callSqs(box: Box, operation: string, input: Readonly<Record<string, unknown>>): Promise<unknown> {
  return openAwsJson({ access: accessTo(box), service: 'SQS', target: 'AmazonSQS', version: '1.0' })(operation, input)
}

export async function callDynamodb(
  box: Box,
  operation: string,
  input: Readonly<Record<string, unknown>>,
): Promise<Record<string, unknown>> {
  return openAwsJson({ access: accessTo(box), service: 'DYNAMODB', target: 'DynamoDB_20120810', version: '1.0' })(operation, input)
}
