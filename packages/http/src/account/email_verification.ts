/** `POST /api/v1/me/email-verification`: another mail with the link that confirms the address. */
import { IamError } from '@gatehouse/core/error.ts'
import { primaryEmail } from '@gatehouse/core/user.ts'
import type { HouseContext } from '../house.ts'
import { requireWriter } from './signed_in.ts'

const MAILS = { name: 'email_verification', limit: 5, windowSeconds: 3600 } as const

export async function sendVerification(c: HouseContext): Promise<Response> {
  const { here, user } = await requireWriter(c)
  const email = primaryEmail(user)
  if (email === undefined || email.verified) throw new IamError('conflict', 'there is no address to confirm')
  const rate = await here.stores.rates.take(MAILS, user.id)
  if (!rate.allowed)
    throw new IamError('too_many_requests', 'enough mails were sent; look for them, or wait a little', {
      retryAfterSeconds: rate.retryAfterSeconds,
    })
  await here.stores.users.update(user, user, 'email.verification_asked', here.actor)
  return c.body(null, 204)
}
