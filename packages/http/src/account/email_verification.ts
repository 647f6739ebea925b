/** `POST /api/v1/me/email-verification`: another mail with the link that confirms the address. */
import { IamError } from '@gatehouse/core/error.ts'
import { primaryEmail } from '@gatehouse/core/user.ts'
import { askEmailVerification } from '@gatehouse/identity/email_verification.ts'
import type { HouseContext } from '../house.ts'
import { requireWriter, type SignedIn } from './signed_in.ts'

/** An address is only what somebody typed: nobody is to be flooded with our mails. */
const MAILS = { name: 'email_verification', limit: 5, windowSeconds: 3600 } as const

export async function sendVerification(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const email = primaryEmail(signedIn.user)
  if (email === undefined || email.verified) throw new IamError('conflict', 'there is no address to confirm')
  await takeMail(signedIn)
  await askEmailVerification(signedIn.here, { kind: 'user', userId: signedIn.user.id })
  return c.body(null, 204)
}

/** Throws `too_many_requests` when this hour's mails are used up. */
export async function takeMail({ here, user }: SignedIn): Promise<void> {
  const rate = await here.stores.rates.take(MAILS, user.id)
  if (!rate.allowed) {
    throw new IamError('too_many_requests', 'enough mails were sent; look for them, or wait a little', {
      retryAfterSeconds: rate.retryAfterSeconds,
    })
  }
}
