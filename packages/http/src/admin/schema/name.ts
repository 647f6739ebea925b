/** Names on the wire. */
import { addressOf, findUserNameProblem } from '@gatehouse/core/user_name.ts'
import { z } from '@hono/zod-openapi'

/** A name that stands in an address: `.` and `..` would be taken out of it on the way. */
export function addressable<T extends z.ZodType<string>>(name: T): T {
  return name.refine((text) => text !== '.' && text !== '..', 'a name other than . and ..')
}

export function nameSchema(longest: number) {
  return addressable(z.string().trim().min(1).max(longest))
}

/** By the rules of self-registration, so that whoever is made here can sign in. */
export const userNameSchema = z
  .string()
  .normalize('NFKC')
  .trim()
  .max(100)
  .refine((name) => findUserNameProblem(name) === undefined, 'a user name has 2 to 100 letters and digits, and . _ % + - @ between them')
  .refine((name) => addressOf(name, '').kind === 'here', 'what follows the @ names a tenant unless it has a dot; leave it out')
