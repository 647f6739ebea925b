/** The bucket of what is the same for everybody: the pages' files and My Account's. Only the front door reads it. */
import { readdirSync } from 'node:fs'
import { extname, join } from 'node:path'
import { bucketPrefix } from './names.ts'

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.json': 'application/json',
}

export function createAssets(): aws.s3.Bucket {
  // nobody's data: it goes with the house, from production, too
  const bucket = new aws.s3.Bucket('Assets', { bucketPrefix: bucketPrefix('assets'), forceDestroy: true }, { retainOnDelete: false })
  new aws.s3.BucketServerSideEncryptionConfiguration('AssetsEncryption', {
    bucket: bucket.id,
    rules: [{ applyServerSideEncryptionByDefault: { sseAlgorithm: 'AES256' } }],
  })
  new aws.s3.BucketPublicAccessBlock('AssetsAreNobodys', {
    bucket: bucket.id,
    blockPublicAcls: true,
    blockPublicPolicy: true,
    ignorePublicAcls: true,
    restrictPublicBuckets: true,
  })
  const folder = `${$cli.paths.root}/.build/cloud_assets`
  for (const key of filesOf(folder)) {
    const contentType = TYPES[extname(key)]
    if (contentType === undefined) throw new Error(`infra/assets.ts knows no content type for ${key}`)
    new aws.s3.BucketObjectv2(`Asset ${key}`, {
      bucket: bucket.id,
      key,
      source: new $util.asset.FileAsset(join(folder, key)),
      contentType,
      // each name carries a hash of the content
      cacheControl: 'public, max-age=31536000, immutable',
    })
  }
  return bucket
}

/** By the distributions that are ours, and by nobody else. */
export function letDistributionsRead(bucket: aws.s3.Bucket, distributions: readonly $util.Output<string>[]): void {
  new aws.s3.BucketPolicy('AssetsPolicy', {
    bucket: bucket.id,
    policy: $jsonStringify({
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'FrontDoorReads',
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: $interpolate`${bucket.arn}/*`,
          Condition: { StringEquals: { 'aws:SourceArn': [...distributions] } },
        },
      ],
    }),
  })
}

function filesOf(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort()
}
