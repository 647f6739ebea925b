import { expect, test } from 'vitest'
import { contentDigest, signMessage } from './message_signature.ts'

test('RFC 9421 B.2.5: a request signed with a shared secret', () => {
  const secret = Buffer.from('uzvJfB4u3N0Jy4T7NZ75MDVcr8zSTInedJtkgcu46YW4XByzNJjxBdtjUkdJPBtbmHhIDi6pcl8jsasjlTMtDQ==', 'base64')

  const signed = signMessage(
    'sig-b25',
    [
      ['date', 'Tue, 20 Apr 2021 02:07:55 GMT'],
      ['@authority', 'example.com'],
      ['content-type', 'application/json'],
    ],
    [
      ['created', 1618884473],
      ['keyid', 'test-shared-secret'],
    ],
    secret,
  )

  expect(signed).toEqual({
    'signature-input': 'sig-b25=("date" "@authority" "content-type");created=1618884473;keyid="test-shared-secret"',
    signature: 'sig-b25=:pxcQw6G3AjtMBQjwo8XzkZf/bws5LelbaMk5rGIGtE8=:',
  })
})

test('RFC 9530 appendix D: the digest of a body', () => {
  expect(contentDigest('{"hello": "world"}\n')).toBe('sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:')
})
