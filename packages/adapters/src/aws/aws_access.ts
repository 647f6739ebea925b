/** What every call to AWS needs: where to, and by whose right. */

/** As they stand in `AWS_ENDPOINT_URL_<SERVICE>`. */
export type AwsService = 'DYNAMODB' | 'KMS' | 'SSM' | 'SQS' | 'SFN' | 'SESV2' | 'SNS' | 'S3'

export type AwsAccess = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined }
  /** Endpoints in place of AWS's own. */
  readonly endpoints?: { readonly [S in AwsService]?: string | undefined }
}

/** Service -> the first label of its host, and the name that its calls are signed for. */
const NAMES: Readonly<Record<AwsService, { readonly host: string; readonly signed: string }>> = {
  DYNAMODB: { host: 'dynamodb', signed: 'dynamodb' },
  KMS: { host: 'kms', signed: 'kms' },
  SSM: { host: 'ssm', signed: 'ssm' },
  SQS: { host: 'sqs', signed: 'sqs' },
  SFN: { host: 'states', signed: 'states' },
  SESV2: { host: 'email', signed: 'ses' },
  SNS: { host: 'sns', signed: 'sns' },
  S3: { host: 's3', signed: 's3' },
}

export function endpointOf({ region, endpoints }: AwsAccess, service: AwsService): URL {
  return new URL(endpoints?.[service] ?? `https://${NAMES[service].host}.${region}.amazonaws.com`)
}

export function signedNameOf(service: AwsService): string {
  return NAMES[service].signed
}
