/** Wakes the devices of a person by Web Push (RFC 8030). A message that is lost is no harm: My Account asks by itself while somebody looks at it. */
import { IamError } from '@gatehouse/core/error.ts'
import type { User } from '@gatehouse/core/user.ts'
import { isPushService } from '@gatehouse/core/web_push.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { encryptMessage, PRIVATE_KEY_BYTES, SALT_BYTES } from './message_encryption.ts'
import { type Device, forgetGone, listDevices } from './subscriptions.ts'
import { vapidAuthorization } from './vapid.ts'

export type WakingMessage = {
  /** In the person's language; nothing that somebody else may not read over their shoulder. */
  readonly title: string
  readonly body: string
  /** For so long it is worth delivering. */
  readonly ttlSeconds: number
}

/** RFC 8030 section 5.4: of several that have not arrived, the latest does. */
const TOPIC = 'sign-in'
/** Section 7.3, and what services answer to a key that the subscription was not made for. */
const GONE = [403, 404, 410]
const TIMEOUT_MILLISECONDS = 3_000

/** How many were told. */
export async function wakeDevices(ctx: TenantContext, user: User, { ttlSeconds, ...message }: WakingMessage): Promise<number> {
  const [devices, open] = await Promise.all([listDevices(ctx, user), ctx.stores.pushRequests.listOpen(user.id)])
  // Not the browser that asks: it may approve nothing of its own.
  const others = devices.filter(({ sessionId }) => open.some(({ sessions }) => !sessions.includes(sessionId)))
  const told = await Promise.all(others.map((device) => wake(ctx, user, device, JSON.stringify(message), ttlSeconds)))
  return told.filter(Boolean).length
}

async function wake(
  ctx: TenantContext,
  user: User,
  { sessionId, subscription }: Device,
  text: string,
  ttlSeconds: number,
): Promise<boolean> {
  const { endpoint } = subscription
  // What was allowed when it was written down may not be any more.
  if (!isPushService(endpoint, ctx.origin)) return false
  try {
    const secrets = { privateKey: ctx.random.bytes(PRIVATE_KEY_BYTES), salt: ctx.random.bytes(SALT_BYTES) }
    const { status } = await ctx.egress.send({
      url: endpoint,
      method: 'POST',
      headers: {
        authorization: await vapidAuthorization(ctx, endpoint),
        'content-type': 'application/octet-stream',
        'content-encoding': 'aes128gcm',
        ttl: String(ttlSeconds),
        urgency: 'high',
        topic: TOPIC,
      },
      bytes: encryptMessage(text, subscription, secrets),
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
    })
    if (status >= 200 && status < 300) return true
    if (GONE.includes(status)) await forgetGone(ctx, user, sessionId)
    ctx.log.write('info', 'a device was not woken', { tenant: ctx.tenant.id, status })
  } catch (error) {
    if (!(error instanceof IamError)) throw error
    ctx.log.write('warn', 'a push service did not answer', { tenant: ctx.tenant.id, because: error.description })
  }
  return false
}
