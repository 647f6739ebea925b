/** Reading a bucket: pages, and keys with everything in them that XML and URLs mind. */
import { openS3Reader } from '@gatehouse/adapters/s3/open_s3_reader.ts'
import { afterEach, expect, test } from 'vitest'
import { type Arrival, type Loopback, openLoopback, type Reply } from './loopback.ts'

const KEYS = ['aws/lambda/1/a b&c.json', 'aws/lambda/1/ü+.json', 'aws/lambda/2/plain.json']

let aws: Loopback
afterEach(() => aws.close())

/** One key a page. */
function bucket({ path }: Arrival): Reply {
  const url = new URL(path, 'http://s3.example')
  if (url.pathname !== '/failures') return { body: `of ${decodeURIComponent(url.pathname)}` }
  const at = Number(url.searchParams.get('continuation-token') ?? '0')
  const next = at + 1 < KEYS.length ? `<NextContinuationToken>${at + 1}</NextContinuationToken>` : ''
  const key = encodeURIComponent(KEYS[at] ?? '').replaceAll('%20', '+')
  return {
    body: `<ListBucketResult>${next}<Contents><Key>${key}</Key><LastModified>2027-01-0${at + 1}T00:00:00.000Z</LastModified></Contents></ListBucketResult>`,
  }
}

test('every page is read, and every key as it is', async () => {
  aws = await openLoopback('S3', bucket)
  const found = []

  for await (const object of openS3Reader({ access: aws.access, bucket: 'failures' }).list('aws/lambda/')) found.push(object)

  expect(found.map(({ key }) => key)).toEqual(KEYS)
  expect(found[1]?.modifiedAt).toBe(Date.parse('2027-01-02T00:00:00Z'))
  expect(aws.arrivals[0]?.headers['x-amz-content-sha256']).toMatch(/^[0-9a-f]{64}$/)
})

test('an object is read by its key', async () => {
  aws = await openLoopback('S3', bucket)
  const reader = openS3Reader({ access: aws.access, bucket: 'failures' })

  const texts = await Promise.all(KEYS.map((key) => reader.read(key)))

  expect(texts).toEqual(KEYS.map((key) => `of /failures/${key}`))
})
