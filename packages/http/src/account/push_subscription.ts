/** `/api/v1/me/push-subscription`: whether this browser is woken when a sign-in elsewhere waits for approval; and the service worker that is woken. */
import type { MyPushSubscription } from '@gatehouse/core/my_account.ts'
import { isSubscribed, subscribe, unsubscribe } from '@gatehouse/identity/web_push/subscriptions.ts'
import { vapidKeyOf } from '@gatehouse/identity/web_push/vapid.ts'
import { WAKE_WORKER } from '@gatehouse/pages/wake_worker.ts'
import type { HouseContext } from '../house.ts'
import { readJson } from './json_body.ts'
import { requireSignedIn, requireWriter } from './signed_in.ts'

export async function readPushSubscription(c: HouseContext): Promise<Response> {
  const { here, user, session } = await requireSignedIn(c)
  const [{ publicKey }, isOn] = await Promise.all([vapidKeyOf(here), isSubscribed(here, user, session.id)])
  return c.json({ applicationServerKey: publicKey, isOn } satisfies MyPushSubscription)
}

export async function addPushSubscription(c: HouseContext): Promise<Response> {
  const { here, user, session } = await requireWriter(c)
  await subscribe(here, user, session, await readJson(c))
  return c.body(null, 204)
}

export async function removePushSubscription(c: HouseContext): Promise<Response> {
  const { here, user, session } = await requireWriter(c)
  await unsubscribe(here, user, session.id)
  return c.body(null, 204)
}

/** The same for everybody; its scope is My Account. A worker may do what its own policy lets it: nothing but what browsers give it. */
export function sendWakeWorker(c: HouseContext): Response {
  return c.body(WAKE_WORKER, 200, {
    'content-type': 'text/javascript; charset=utf-8',
    'content-security-policy': "default-src 'none'",
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  })
}
