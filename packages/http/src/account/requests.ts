/** `GET /api/v1/me/requests`: what the person asked for, and where it stands. */
import { listOwnRequests } from '@gatehouse/workflow/list_tasks.ts'
import type { HouseContext } from '../house.ts'
import { requireSignedIn } from './signed_in.ts'

export async function readRequests(c: HouseContext): Promise<Response> {
  const { here } = await requireSignedIn(c)
  const cursor = c.req.query('cursor')
  return c.json(await listOwnRequests(here, cursor === undefined ? {} : { cursor }))
}
