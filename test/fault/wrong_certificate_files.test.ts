/** What a start says of certificate and key files that TLS cannot be served with. */

import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BadFlag } from '@gatehouse/local/flags.ts'
import { readTls } from '@gatehouse/local/tls_files.ts'
import { expect, test } from 'vitest'
import { makeCertificate } from '../fixture/certificates.ts'

const folder = mkdtempSync(join(tmpdir(), 'gatehouse-tls-'))
const [one, other] = [makeCertificate({ cn: 'one' }), makeCertificate({ cn: 'other' })]

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const [cert, key, foreign] = [file('cert.pem', one.pem), file('key.pem', one.keyPem), file('foreign.pem', other.keyPem)]
const passphrase = 'a passphrase that nobody gives'
const locked = file('locked.pem', String(one.key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-128-cbc', passphrase })))

test.each([
  ['a file that is not there', { cert: join(folder, 'none.pem'), key }, '--https-cert cannot be read'],
  ['a key where the certificate should be', { cert: key, key }, '--https-cert is a certificate chain in PEM'],
  ['a certificate where the key should be', { cert, key: cert }, '--https-key is a private key in PEM'],
  ['a key with a passphrase', { cert, key: locked }, 'without a passphrase'],
  ['a key of another certificate', { cert, key: foreign }, 'do not belong together'],
])('%s is told by its flag, before anything listens', async (_what, files, says) => {
  const refused = readTls('--https', files)

  await expect(refused).rejects.toThrow(says)
  await expect(refused).rejects.toBeInstanceOf(BadFlag)
})

test('a certificate with its key is read as it is', async () => {
  expect(await readTls('--mtls', { cert, key })).toEqual({ cert: Buffer.from(one.pem), key: Buffer.from(one.keyPem) })
})
