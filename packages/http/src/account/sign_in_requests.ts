/** `/api/v1/me/sign-in-requests`: sign-ins elsewhere that wait for this person's approval. */
import { IamError } from '@gatehouse/core/error.ts'
import { isId } from '@gatehouse/core/ids.ts'
import type { MySignInRequests } from '@gatehouse/core/my_account.ts'
import { mayApprove } from '@gatehouse/core/push.ts'
import { browserOf } from '@gatehouse/core/user_agent.ts'
import { decidePush, enrolPush, openPushRequests, type PushVerdict, type ShownPush } from '@gatehouse/identity/push_decision.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { HouseContext } from '../house.ts'
import { iso } from './iso.ts'
import { type JsonObject, readJson, textOf } from './json_body.ts'
import { checkSure, requireSignedIn, requireWriter } from './signed_in.ts'

export async function readSignInRequests(c: HouseContext): Promise<Response> {
  const { here, user, session } = await requireSignedIn(c)
  const open = await openPushRequests(here, user, session)
  const items = await Promise.all(open.map((one) => shown(here, one)))
  return c.json({ items, mayApprove: mayApprove(session, Math.floor(here.clock.now() / 1000)) } satisfies MySignInRequests)
}

export async function decideSignIn(c: HouseContext): Promise<Response> {
  const { here, user, session } = await requireWriter(c)
  const id = c.req.param('id')
  if (!isId('psh', id)) throw new IamError('not_found', 'there is no such sign-in')
  return c.json({ outcome: await decidePush(here, user, session, id, verdictOf(await readJson(c))) })
}

/** `POST /api/v1/me/credentials/push`: this account approves sign-ins from now on. */
export async function addPush(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  await enrolPush(signedIn.here, signedIn.user)
  return c.body(null, 204)
}

function verdictOf(body: JsonObject): PushVerdict {
  const decision = textOf(body, 'decision')
  if (decision === 'deny') return { decision }
  const number = textOf(body, 'number') ?? ''
  if (decision !== 'approve') throw new IamError('validation_failed', 'not decided', { fields: { decision: 'invalid' } })
  if (!/^\d{2}$/.test(number)) throw new IamError('validation_failed', 'not decided', { fields: { number: 'required' } })
  return { decision, number }
}

async function shown(here: TenantContext, { request, choices }: ShownPush): Promise<MySignInRequests['items'][number]> {
  const { id, clientId, ip, place, askedAt, expiresAt } = request
  const application = clientId === undefined ? undefined : await here.configuration.findApplicationAnywhere(clientId)
  return {
    id,
    numbers: choices,
    applicationName: application?.client_name,
    ip,
    place,
    ...browserOf(request.userAgent ?? ''),
    askedAt: iso(askedAt),
    expiresAt: iso(expiresAt),
  }
}
