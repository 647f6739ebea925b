/** Reads a bucket: what lies there since when, and single objects as text. */
import type { AwsAccess } from '../aws/aws_access.ts'
import { openAwsCaller } from '../aws/open_aws_caller.ts'

export type StoredObject = { readonly key: string; readonly modifiedAt: number }

export type BucketReader = {
  /** In the order of their keys. */
  list(prefix: string): AsyncIterable<StoredObject>
  read(key: string): Promise<string>
}

export function openS3Reader({ access, bucket }: { readonly access: AwsAccess; readonly bucket: string }): BucketReader {
  const call = openAwsCaller({ access, service: 'S3', timeoutMilliseconds: 10_000 })
  const get = async (path: string): Promise<string> => (await call({ method: 'GET', path: `/${bucket}${path}` })).text
  return {
    async *list(prefix) {
      for (let token: string | undefined = ''; token !== undefined; ) {
        // Keys come percent-encoded, so that nothing in them is mistaken for XML.
        const query = new URLSearchParams({
          'list-type': '2',
          'encoding-type': 'url',
          prefix,
          ...(token && { 'continuation-token': token }),
        })
        const page = await get(`?${query}`)
        for (const [, entry = ''] of page.matchAll(/<Contents>(.*?)<\/Contents>/gs)) {
          yield {
            key: decodeURIComponent(within(entry, 'Key').replaceAll('+', ' ')),
            modifiedAt: Date.parse(within(entry, 'LastModified')),
          }
        }
        token = within(page, 'NextContinuationToken') || undefined
      }
    },
    read: (key) => get(`/${key.split('/').map(encodeURIComponent).join('/')}`),
  }
}

function within(xml: string, tag: string): string {
  return new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? ''
}
