/** `/api/v1/me/approvals`: the tasks of the signed-in person, and what they do with them. All rules are the workflow's; here is who asks and how fresh their sign-in is. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId, type RequestId } from '@gatehouse/core/ids.ts'
import type { RequestDetail, TaskAction } from '@gatehouse/core/my_account.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { claim } from '@gatehouse/workflow/claim.ts'
import { decide } from '@gatehouse/workflow/decide.ts'
import { listDecided, listTasks } from '@gatehouse/workflow/list_tasks.ts'
import { readTask } from '@gatehouse/workflow/read_task.ts'
import { release } from '@gatehouse/workflow/release.ts'
import { readJson, textOf } from '../account/json_body.ts'
import { checkFresh, FRESH_FOR, requireSignedIn, requireWriter, type SignedIn } from '../account/signed_in.ts'
import type { HouseContext } from '../house.ts'

const LISTS = { waiting: listTasks, decided: listDecided } as const

export async function readTasks(c: HouseContext): Promise<Response> {
  const { here } = await requireSignedIn(c)
  const state = c.req.query('state') ?? 'waiting'
  if (state !== 'waiting' && state !== 'decided') throw new IamError('invalid_request', 'state is waiting or decided')
  const cursor = c.req.query('cursor')
  return c.json(await LISTS[state](here, cursor === undefined ? {} : { cursor }))
}

export async function readOneTask(c: HouseContext): Promise<Response> {
  const { here } = await requireSignedIn(c)
  return c.json(await readTask(here, requestIdOf(c)))
}

export async function actOnTask(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const requestId = requestIdOf(c)
  const action = c.req.param('action') ?? ''
  if (!isTaskAction(action)) throw new IamError('not_found', 'a task is claimed, released, approved or rejected')
  const body = await readJson(c)
  const level = body.level
  if (typeof level !== 'number' || !Number.isInteger(level))
    throw new IamError('validation_failed', 'level is the level that you have seen', { fields: { level: 'required' } })
  await act(signedIn, requestId, action, level, textOf(body, 'comment'))
  const after = await findTask(signedIn.here, requestId)
  return after === undefined ? c.body(null, 204) : c.json(after)
}

/** Throws `reauthentication_required` when the sign-in is too old to decide with. */
export async function act(
  { here, session }: SignedIn,
  requestId: RequestId,
  action: TaskAction,
  level: number,
  comment: string | undefined,
): Promise<void> {
  if (action === 'claim') await claim(here, requestId, level)
  else if (action === 'release') await release(here, requestId, level)
  else {
    checkFresh(here, session, FRESH_FOR.decision)
    await decide(here, { requestId, level, verdict: action, ...(comment === undefined ? {} : { comment }) })
  }
}

/** Undefined where the request is not, or no longer, for this person to see: who lost the role may still give back what they hold. */
export async function findTask(here: TenantContext, requestId: RequestId): Promise<RequestDetail | undefined> {
  try {
    return await readTask(here, requestId)
  } catch (error) {
    if (error instanceof IamError && error.code === 'not_found') return undefined
    throw error
  }
}

export function requestIdOf(c: HouseContext): RequestId {
  const id = c.req.param('id')
  if (!isId('req', id)) throw new IamError('not_found', 'there is no such request')
  return id
}

const ACTIONS: Readonly<Record<TaskAction, true>> = { claim: true, release: true, approve: true, reject: true }

export function isTaskAction(text: string): text is TaskAction {
  return Object.hasOwn(ACTIONS, text)
}
