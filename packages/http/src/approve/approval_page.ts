/**
 * `/approvals/{requestId}`: where the link of a mail leads. `GET` only locates the request and never decides. It goes on to My Account; the page with
 * `view=page` is the same without JavaScript, and takes the decision by a form.
 */
import { IamError } from '@gatehouse/core/error.ts'
import type { RequestId } from '@gatehouse/core/ids.ts'
import type { TaskAction } from '@gatehouse/core/my_account.ts'
import { type ApprovalNotice, renderApproval, renderApprovalUnseen } from '@gatehouse/pages/approval.tsx'
import { FRESH_FOR, findSignedIn, isFresh, type SignedIn } from '../account/signed_in.ts'
import { advance } from '../authorize/advance.ts'
import { checkCsrf, csrfToken } from '../csrf.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { page, pageProps } from '../page.ts'
import { act, findTask, isTaskAction, requestIdOf } from './tasks.ts'

const DONE: Readonly<Record<TaskAction, ApprovalNotice>> = {
  claim: 'claimed',
  release: 'released',
  approve: 'approvedByYou',
  reject: 'rejectedByYou',
}

export async function showApproval(c: HouseContext): Promise<Response> {
  const requestId = requestIdOf(c)
  if (c.req.query('view') !== 'page') return c.redirect(`${c.env.here.basePath}/account/approvals/${requestId}`, 303)
  const signedIn = await findSignedIn(c)
  if (signedIn === undefined) return advance(c, { kind: 'own', path: pathOf(requestId) })
  const done = c.req.query('done') ?? ''
  return render(c, signedIn, requestId, isTaskAction(done) ? { notice: DONE[done] } : {})
}

export async function submitApproval(c: HouseContext): Promise<Response> {
  const requestId = requestIdOf(c)
  const form = await readForm(c)
  const signedIn = await findSignedIn(c)
  if (signedIn === undefined) return advance(c, { kind: 'own', path: pathOf(requestId) })
  await checkCsrf(c, form.get('csrf'), signedIn.session.id, requestId)
  const action = form.get('decision') ?? form.get('task') ?? ''
  const level = form.get('level') ?? ''
  if (!isTaskAction(action) || !/^\d{1,2}$/.test(level)) throw new IamError('invalid_request', 'the form says neither approve nor reject')
  const decides = action === 'approve' || action === 'reject'
  // Older than an hour: the person proves anew who they are, then decides on the page as it is then.
  if (decides && !isFresh(signedIn.here, signedIn.session, FRESH_FOR.decision))
    return advance(c, { kind: 'own', path: pathOf(requestId), maxAge: FRESH_FOR.decision })

  const comment = form.get('comment') ?? ''
  const notice = await refusedNotice(() => act(signedIn, requestId, action, Number(level), comment))
  if (notice === undefined) return c.redirect(`${c.env.here.basePath}${pathOf(requestId)}&done=${action}`, 303)
  return render(c, signedIn, requestId, { notice, comment, status: 409 })
}

/** What the person may be told on the page itself; anything else has its own. */
async function refusedNotice(work: () => Promise<void>): Promise<ApprovalNotice | undefined> {
  try {
    await work()
    return undefined
  } catch (error) {
    if (!(error instanceof IamError)) throw error
    if (error.code === 'conflict' || error.code === 'already_decided') return 'conflict'
    if (error.code === 'forbidden' || error.code === 'not_found') return 'notYours'
    throw error
  }
}

type Shown = { readonly notice?: ApprovalNotice; readonly comment?: string; readonly status?: number }

async function render(
  c: HouseContext,
  { here, session, user }: SignedIn,
  requestId: RequestId,
  { status = 200, ...shown }: Shown,
): Promise<Response> {
  const props = await pageProps(c, { self: pathOf(requestId), ...(user.locale === undefined ? {} : { uiLocales: [user.locale] }) })
  const listHref = `${here.basePath}/account/operations/approvals`
  const request = await findTask(here, requestId)
  if (request === undefined)
    return page(c, renderApprovalUnseen({ ...props, userName: user.userName, listHref }), { nonce: props.nonce, status: 404 })
  const html = renderApproval({
    ...props,
    ...shown,
    request,
    listHref,
    action: `${here.basePath}/approvals/${requestId}`,
    csrf: await csrfToken(here, session.id, requestId),
  })
  return page(c, html, { nonce: props.nonce, status })
}

function pathOf(requestId: RequestId): string {
  return `/approvals/${requestId}?view=page`
}
