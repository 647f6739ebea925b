import { createHash, createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { signingKey, signV4a } from './sign_v4a.ts'

/** The credentials of AWS's own test vectors, and the public key that they give there. */
const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY' }
const X = 'b6618f6a65740a99e650b33b6b4b5bd0d43b176d721a3edfea7e7d2d56d936b1'
const Y = '865ed22a7eadc9c5cb9d2cbaca1b3699139fedc5043dc6661864218330c8e518'

const CALL = {
  method: 'GET',
  host: 'example.amazonaws.com',
  path: '/',
  headers: {},
  body: '',
  service: 'service',
  now: Date.UTC(2015, 7, 30, 12, 36),
}

test('the key that is derived is the one of the published vectors', () => {
  const { x = '', y = '' } = createPublicKey(signingKey(CREDENTIALS)).export({ format: 'jwk' })

  expect([x, y].map((part) => Buffer.from(part, 'base64url').toString('hex'))).toEqual([X, Y])
})

test('the signature is over the canonical request, for every region', () => {
  const headers = signV4a(
    { region: 'eu-central-1', credentials: CREDENTIALS },
    { ...CALL, path: '/key-value-stores/arn%3Aaws/keys/host%3Aa.b' },
  )

  const empty = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
  expect(headers).toMatchObject({
    host: CALL.host,
    'x-amz-date': '20150830T123600Z',
    'x-amz-region-set': '*',
    'x-amz-content-sha256': empty,
  })
  const [, signature = ''] = /Signature=([0-9a-f]+)$/.exec(headers.authorization ?? '') ?? []
  expect(headers.authorization).toContain(
    'AWS4-ECDSA-P256-SHA256 Credential=AKIDEXAMPLE/20150830/service/aws4_request, SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-region-set, ',
  )
  const canonical = [
    'GET',
    '/key-value-stores/arn%253Aaws/keys/host%253Aa.b',
    '',
    `host:${CALL.host}`,
    `x-amz-content-sha256:${empty}`,
    'x-amz-date:20150830T123600Z',
    'x-amz-region-set:*',
    '',
    'host;x-amz-content-sha256;x-amz-date;x-amz-region-set',
    empty,
  ].join('\n')
  const hashed = createHash('sha256').update(canonical).digest('hex')
  const text = `AWS4-ECDSA-P256-SHA256\n20150830T123600Z\n20150830/service/aws4_request\n${hashed}`
  expect(verify('sha256', Buffer.from(text), createPublicKey(signingKey(CREDENTIALS)), Buffer.from(signature, 'hex'))).toBe(true)
})

test('a session’s token is sent, and signed', () => {
  const headers = signV4a({ region: 'x', credentials: { ...CREDENTIALS, sessionToken: 'the token' } }, CALL)

  expect(headers['x-amz-security-token']).toBe('the token')
  expect(headers.authorization).toContain('x-amz-region-set;x-amz-security-token')
})
