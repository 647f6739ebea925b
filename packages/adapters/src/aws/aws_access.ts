/** What every call to AWS needs: where to, and by whose right. */

/** As they stand in `AWS_ENDPOINT_URL_<SERVICE>`. */
export type AwsService = 'DYNAMODB' | 'KMS' | 'SSM' | 'SQS' | 'SFN' | 'SESV2' | 'SNS' | 'S3' | 'CLOUDFRONT' | 'CLOUDFRONT_KEYVALUESTORE'

export type AwsAccess = {
  readonly region: string
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string | undefined }
  /** Endpoints in place of AWS's own. */
  readonly endpoints?: { readonly [S in AwsService]?: string | undefined }
}

/** Service -> the first label of its host, and the name that its calls are signed for; `everywhere`: the whole host of one that is in no region. */
const NAMES: Readonly<Record<AwsService, { readonly host: string; readonly signed: string; readonly everywhere?: string }>> = {
  DYNAMODB: { host: 'dynamodb', signed: 'dynamodb' },
  KMS: { host: 'kms', signed: 'kms' },
  SSM: { host: 'ssm', signed: 'ssm' },
  SQS: { host: 'sqs', signed: 'sqs' },
  SFN: { host: 'states', signed: 'states' },
  SESV2: { host: 'email', signed: 'ses' },
  SNS: { host: 'sns', signed: 'sns' },
  S3: { host: 's3', signed: 's3' },
  CLOUDFRONT: { host: 'cloudfront', signed: 'cloudfront', everywhere: 'cloudfront.amazonaws.com' },
  // Each account has a host of its own there.
  CLOUDFRONT_KEYVALUESTORE: {
    host: 'cloudfront-kvs',
    signed: 'cloudfront-keyvaluestore',
    everywhere: 'cloudfront-kvs.global.api.aws',
  },
}

export function endpointOf({ region, endpoints }: AwsAccess, service: AwsService): URL {
  const { host, everywhere = `${host}.${region}.amazonaws.com` } = NAMES[service]
  return new URL(endpoints?.[service] ?? `https://${everywhere}`)
}

export function signedNameOf(service: AwsService): string {
  return NAMES[service].signed
}
