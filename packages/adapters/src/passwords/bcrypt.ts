/** bcrypt. Of a password it reads 72 bytes; what is typed beyond them is right whatever it is, until the hash is renewed. */
import { hash as bcrypt } from 'bcryptjs'
import type { Compute } from './compute.ts'

const SALT_CHARACTERS = 29

export const compute: Compute<'bcrypt'> = async ({ text }, password) => {
  // A NUL would end it for some implementations; ours takes bytes as they are.
  const computed = await bcrypt(password.toString('utf8'), `$2b${text.slice(3, SALT_CHARACTERS)}`)
  return { computed: Buffer.from(computed.slice(SALT_CHARACTERS)), expected: Buffer.from(text.slice(SALT_CHARACTERS)) }
}
