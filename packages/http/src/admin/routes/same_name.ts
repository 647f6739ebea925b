/** PUT by name says the name twice. */
import { IamError } from '@gatehouse/core/error.ts'

/** PUT by name: the body says the same name as the address. */
export function sameName<T extends Record<K, string>, K extends string>(name: string, body: T, field: K): T {
  if (body[field] === name) return body
  throw new IamError('validation_failed', `${field} in the body is not the one in the address`, {
    fields: { [`/${field}`]: 'differs from the address' },
  })
}
