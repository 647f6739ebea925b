/** One digest over password and salt: SSHA of LDAP directories, WSO2's SHA-256, and tables of one's own. */
import { hash as digestOf } from 'node:crypto'
import type { Compute } from './compute.ts'

export const compute: Compute<'digest'> = async ({ digest, saltPosition, salt, hash }, password) => {
  const bytes = Buffer.from(salt, 'base64')
  const text = saltPosition === 'before' ? [bytes, password] : [password, bytes]
  return { computed: digestOf(digest, Buffer.concat(text), 'buffer'), expected: Buffer.from(hash, 'base64') }
}
