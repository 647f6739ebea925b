/** The other side of a push: what the person sees in My Account, and what they decide there, once. */
import { IamError } from '@gatehouse/core/error.ts'
import { isPushOpen, mayApprove, type PushId, type PushRequest } from '@gatehouse/core/push.ts'
import type { Session } from '@gatehouse/core/session.ts'
import type { User } from '@gatehouse/core/user.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { addCredential, newCredential } from './credentials.ts'
import { PAUSE, pushNumbers } from './factors/push.ts'
import { nowSeconds } from './interaction.ts'

export type ShownPush = { readonly request: PushRequest; readonly choices: readonly string[] }
export type PushVerdict = { readonly decision: 'approve'; readonly number: string } | { readonly decision: 'deny' }
/** `wrong_number`: denied all the same. */
export type PushOutcome = 'approved' | 'denied' | 'wrong_number'

/** Not those of this very browser. */
export async function openPushRequests(ctx: TenantContext, user: User, session: Session): Promise<ShownPush[]> {
  if (!user.factors?.includes('push')) return []
  const open = (await ctx.stores.pushRequests.listOpen(user.id)).filter(({ sessions }) => !sessions.includes(session.id))
  const shown = open.sort((a, b) => a.askedAt - b.askedAt)
  return Promise.all(shown.map(async (request) => ({ request, choices: (await pushNumbers(ctx, request)).choices })))
}

/** Throws `not_found`, `forbidden`, `reauthentication_required`, `already_decided`. */
export async function decidePush(ctx: TenantContext, user: User, session: Session, id: PushId, verdict: PushVerdict): Promise<PushOutcome> {
  const request = await ctx.stores.pushRequests.find(user.id, id)
  if (request === undefined) throw new IamError('not_found', 'there is no such sign-in')
  if (request.sessions.includes(session.id)) throw new IamError('forbidden', 'a sign-in is decided on another device')
  if (!isPushOpen(request, nowSeconds(ctx))) throw decided()
  if (verdict.decision === 'approve' && !mayApprove(session, nowSeconds(ctx)))
    throw new IamError('reauthentication_required', 'confirm that it is you, with a second factor of your own')
  const right = verdict.decision === 'approve' && verdict.number === (await pushNumbers(ctx, request)).number
  const event = ctx.stores.shelf.event(right ? 'push.approved' : 'push.denied', {
    actor: ctx.actor,
    userId: user.id,
    ...(request.clientId === undefined ? {} : { clientId: request.clientId }),
    data: {
      reason: verdict.decision === 'deny' ? 'not_me' : right ? 'number' : 'wrong_number',
      ...(request.ip === undefined ? {} : { from: request.ip }),
    },
  })
  if (!(await ctx.stores.pushRequests.decide(request, right ? 'approved' : 'denied', event))) throw decided()
  if (verdict.decision === 'deny') await ctx.stores.rates.take(PAUSE, request.limitedAs)
  return right ? 'approved' : verdict.decision === 'deny' ? 'denied' : 'wrong_number'
}

/** Throws `conflict` for whoever has no other second factor: what approves must have been proven by itself. */
export async function enrolPush(ctx: TenantContext, user: User): Promise<void> {
  const credentials = await ctx.stores.credentials.list(user.id, { consistent: true })
  if (!credentials.some(({ kind }) => kind !== 'recovery_code' && kind !== 'push'))
    throw new IamError('conflict', 'approvals stand beside a second factor; add one first')
  await addCredential(ctx, user.id, { ...newCredential(ctx, ''), kind: 'push' })
}

function decided(): IamError {
  return new IamError('already_decided', 'this sign-in was decided already, or has ended')
}
