/** The person whom a route below `/api/v1/users/{id}` acts on. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { User } from '@gatehouse/core/user.ts'
import { loadUser } from '@gatehouse/directory/users.ts'
import { z } from '@hono/zod-openapi'
import type { HouseContext } from '../../house.ts'
import { requireGrantable } from '../access.ts'

export const personParams = z.object({ id: z.string().max(80) })

export async function loadPerson(c: HouseContext): Promise<User> {
  const id = c.req.param('id')
  if (!isId('usr', id)) throw new IamError('not_found', 'there is no person with this id')
  return loadUser(c.env.here, id)
}

/** For what could be a way to sign in as the person: throws `forbidden` where the person may do more than whoever asks. */
export async function loadAdministered(c: HouseContext): Promise<User> {
  const user = await loadPerson(c)
  const roles = user.roles.length === 0 ? [] : await c.env.here.stores.roles.list()
  const names = roles.filter((role) => user.roles.includes(role.id)).map(({ name }) => name)
  await requireGrantable(c, names)
  return user
}
