/** The table's stream to relay: at least once, in order per item, and what cannot be handled is kept. */
import { bucketPrefix } from './names.ts'
import type { Stage } from './stages.ts'

export function createFailuresBucket(stage: Stage): aws.s3.Bucket {
  const bucket = new aws.s3.Bucket(
    'Failures',
    { bucketPrefix: bucketPrefix('failures'), forceDestroy: !stage.keepsData },
    { retainOnDelete: stage.keepsData },
  )
  new aws.s3.BucketPublicAccessBlock('FailuresAreNobodys', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })
  new aws.s3.BucketServerSideEncryptionConfiguration('FailuresEncryption', {
    bucket: bucket.id,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  })
  // they hold what was written about people: not for ever
  new aws.s3.BucketLifecycleConfiguration('FailuresEnd', {
    bucket: bucket.id,
    rules: [{ id: 'end', status: 'Enabled', filter: { prefix: '' }, expiration: { days: 90 } }],
  })
  return bucket
}

export function followStream(table: sst.aws.Dynamo, relay: sst.aws.Function, failures: aws.s3.Bucket): aws.lambda.EventSourceMapping {
  return new aws.lambda.EventSourceMapping(
    'StreamToRelay',
    {
      eventSourceArn: table.nodes.table.streamArn,
      functionName: relay.name,
      startingPosition: 'TRIM_HORIZON',
      batchSize: 25,
      maximumBatchingWindowInSeconds: 0,
      parallelizationFactor: 4,
      // Lambda is not even called for the others
      filterCriteria: {
        filters: [{ pattern: JSON.stringify({ dynamodb: { NewImage: { event: { M: { id: { S: [{ exists: true }] } } } } } }) }],
      },
      functionResponseTypes: ['ReportBatchItemFailures'],
      bisectBatchOnFunctionError: true,
      maximumRetryAttempts: 5,
      destinationConfig: { onFailure: { destinationArn: failures.arn } },
    },
    { dependsOn: [relay.nodes.role] },
  )
}
