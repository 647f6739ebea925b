/** S3, path style: objects in memory, put, read and listed. */
import { createHash } from 'node:crypto'
import { type Api, AwsError, type Call, textOf } from '../aws/api.ts'
import { restXmlProtocol, xmlFields } from '../aws/protocols.ts'
import type { AwsResponse } from '../aws/request.ts'
import type { Need } from '../iam/authority.ts'

export type StoredObject = {
  readonly body: Buffer
  readonly contentType: string
  readonly cacheControl: string | undefined
  readonly modifiedAt: number
}

export type Buckets = {
  put(bucket: string, key: string, object: StoredObject): void
  get(bucket: string, key: string): StoredObject | undefined
  /** In the order in which S3 lists them. */
  keys(bucket: string, prefix?: string): string[]
}

export function openBuckets(names: readonly string[]): Buckets {
  const buckets = new Map(names.map((name) => [name, new Map<string, StoredObject>()]))
  const find = (name: string) => {
    const bucket = buckets.get(name)
    if (!bucket) throw new AwsError('NoSuchBucket', 'The specified bucket does not exist', 404)
    return bucket
  }
  return {
    put: (bucket, key, object) => void find(bucket).set(key, object),
    get: (bucket, key) => find(bucket).get(key),
    keys: (bucket, prefix = '') => [...find(bucket).keys()].filter((key) => key.startsWith(prefix)).sort(),
  }
}

export function s3Api(buckets: Buckets): Api {
  const onObject =
    (action: string) =>
    ({ input }: Call): Need[] => {
      const owner = `arn:aws:s3:::${textOf(input, 'Bucket')}`
      return [{ action: `s3:${action}`, resource: `${owner}/${textOf(input, 'Key')}`, owner }]
    }
  const object = ({ input }: Call): StoredObject => {
    const found = buckets.get(textOf(input, 'Bucket'), textOf(input, 'Key'))
    if (!found) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404)
    return found
  }
  return {
    prefix: 's3',
    protocol: restXmlProtocol([
      { method: 'GET', path: /^\/(?<Bucket>[^/]+)\/?$/, operation: 'ListObjectsV2' },
      { method: 'PUT', path: /^\/(?<Bucket>[^/]+)\/(?<Key>.+)$/, operation: 'PutObject' },
      { method: 'GET', path: /^\/(?<Bucket>[^/]+)\/(?<Key>.+)$/, operation: 'GetObject' },
    ]),
    denial: { code: 'AccessDenied', status: 403 },
    operations: {
      PutObject: {
        needs: onObject('PutObject'),
        run: ({ input, request }) => {
          buckets.put(textOf(input, 'Bucket'), textOf(input, 'Key'), {
            body: request.body,
            contentType: request.headers['content-type'] ?? 'application/octet-stream',
            cacheControl: request.headers['cache-control'],
            modifiedAt: Date.now(),
          })
          return { status: 200, headers: { etag: etagOf(request.body) }, body: '' } satisfies AwsResponse
        },
      },
      GetObject: { needs: onObject('GetObject'), run: (call) => objectResponse(object(call)) },
      ListObjectsV2: {
        needs: ({ input, request }) => [
          {
            action: 's3:ListBucket',
            resource: `arn:aws:s3:::${textOf(input, 'Bucket')}`,
            context: { 's3:prefix': request.query.get('prefix') ?? '' },
          },
        ],
        run: ({ input, request: { query } }) => listResponse(buckets, textOf(input, 'Bucket'), query),
      },
    },
  }
}

export function objectResponse({ body, contentType, cacheControl }: StoredObject): AwsResponse {
  const headers = {
    'content-type': contentType,
    etag: etagOf(body),
    ...(cacheControl === undefined ? {} : { 'cache-control': cacheControl }),
  }
  return { status: 200, headers, body }
}

/** `start-after` and the continuation token are both a key to go on from. */
function listResponse(buckets: Buckets, bucket: string, query: URLSearchParams): AwsResponse {
  const limit = Number(query.get('max-keys') ?? 1000)
  const after = query.get('continuation-token') ?? query.get('start-after') ?? ''
  const keys = buckets.keys(bucket, query.get('prefix') ?? '').filter((key) => key > after)
  const page = keys.slice(0, limit)
  const more = keys.length > limit
  const contents = page.map((key) => {
    const { body, modifiedAt } = buckets.get(bucket, key) ?? { body: Buffer.alloc(0), modifiedAt: 0 }
    const Key = query.get('encoding-type') === 'url' ? encodeURIComponent(key).replaceAll('%2F', '/') : key
    const LastModified = new Date(modifiedAt).toISOString()
    return `<Contents>${xmlFields({ Key, LastModified, Size: body.length, ETag: etagOf(body), StorageClass: 'STANDARD' })}</Contents>`
  })
  const head = xmlFields({
    Name: bucket,
    KeyCount: page.length,
    MaxKeys: limit,
    IsTruncated: more,
    ...(more ? { NextContinuationToken: page.at(-1) } : {}),
  })
  return {
    status: 200,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${head}${contents.join('')}</ListBucketResult>`,
  }
}

function etagOf(body: Buffer): string {
  return `"${createHash('md5').update(body).digest('hex')}"`
}
