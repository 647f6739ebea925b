/** MD5-crypt of old Unix systems (`$1$`) and of Apache (`$apr1$`). */
import md5Crypt from 'apache-md5'
import type { Compute } from './compute.ts'

/** The package counts characters and cuts each to a byte: it is given one character for each byte. */
export const compute: Compute<'md5_crypt'> = async ({ text }, password) => ({
  computed: Buffer.from(md5Crypt(password.toString('latin1'), text)),
  expected: Buffer.from(text),
})
