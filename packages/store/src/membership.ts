/** Where a person stands beside their profile: one item in each role, group and verified phone number, by which they are found there. */
import type { UserId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { Write } from '@gatehouse/ports/table.ts'
import { toItem } from './item.ts'
import type { TenantKeys } from './keys.ts'

type Places = Pick<User, 'roles' | 'groups' | 'phoneNumbers'>

export const NOWHERE: Places = { roles: [], groups: [], phoneNumbers: [] }

/** To stand in the transaction that changes the profile. */
export function memberWrites(keys: TenantKeys, id: UserId, before: Places, after: Places): Write[] {
  const numbers = (of: Places) => of.phoneNumbers.filter(({ verified }) => verified).map(({ value }) => keys.phoneNumber(value))
  const places = (of: Places) => new Set([...of.roles.map(keys.role), ...of.groups.map(keys.group), ...numbers(of)])
  const [was, is] = [places(before), places(after)]
  return [
    ...[...is].filter((pk) => !was.has(pk)).map((pk) => ({ put: toItem({ pk, sk: `U#${id}` }, { userId: id }) })),
    ...[...was].filter((pk) => !is.has(pk)).map((pk) => ({ remove: { pk, sk: `U#${id}` } })),
  ]
}
