/** The certificate and the private key that TLS is served with: read and tried before anything listens, so that what is wrong is told by its flag. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { BadFlag } from './flags.ts'
import type { ServeOptions } from './serve.ts'

/** Throws `BadFlag`. `family`: the flags' own beginning. */
export async function readTls(
  family: '--https' | '--mtls',
  files: { cert: string; key: string },
): Promise<NonNullable<ServeOptions['tls']>> {
  const [cert, key] = [await readNamed(`${family}-cert`, files.cert), await readNamed(`${family}-key`, files.key)]
  const leaf = tried(() => new X509Certificate(cert), `${family}-cert is a certificate chain in PEM; ${files.cert} cannot be read as one`)
  const privateKey = tried(
    () => createPrivateKey(key),
    `${family}-key is a private key in PEM, without a passphrase; ${files.key} cannot be read as one`,
  )
  if (!leaf.checkPrivateKey(privateKey))
    throw new BadFlag(
      `${family}-cert and ${family}-key do not belong together: ${files.key} is not the key of the first certificate in ${files.cert}`,
    )
  return { cert, key }
}

/**
 * The sample applications ask the house over TLS, in this same process: a certificate that nobody else vouches for, as one makes for one's own machine, is
 * trusted here from now on.
 */
export function trustOwn({ cert }: { cert: Buffer }): void {
  setDefaultCACertificates([...getCACertificates('default'), ...(String(cert).match(CERTIFICATES) ?? [])])
}

const CERTIFICATES = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g

async function readNamed(flag: string, file: string): Promise<Buffer> {
  try {
    return await readFile(file)
  } catch (cause) {
    throw new BadFlag(`${flag} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

function tried<T>(work: () => T, otherwise: string): T {
  try {
    return work()
  } catch (cause) {
    throw new BadFlag(otherwise, { cause })
  }
}
