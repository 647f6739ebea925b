/** `PATCH /api/v1/me`: a person changes their profile, against the version that they saw. A changed e-mail address is unverified until its link was used. */
import { IamError } from '@gatehouse/core/error.ts'
import { PROFILE_FIELDS, type ProfileChange } from '@gatehouse/core/my_account.ts'
import { checkProfileChange, withProfileChange } from '@gatehouse/core/profile_change.ts'
import { primaryEmail } from '@gatehouse/core/user.ts'
import { askEmailVerification } from '@gatehouse/identity/email_verification.ts'
import type { HouseContext } from '../house.ts'
import { takeMail } from './email_verification.ts'
import { readJson, textOf } from './json_body.ts'
import { meOf } from './me.ts'
import { requireWriter } from './signed_in.ts'

export async function changeProfile(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const { here, user } = signedIn
  const body = await readJson(c)
  const change: ProfileChange = Object.fromEntries(
    PROFILE_FIELDS.flatMap((name) => (textOf(body, name) === undefined ? [] : [[name, textOf(body, name)]])),
  )
  const fields = checkProfileChange(change, here.tenant.locales)
  if (Object.keys(fields).length > 0) throw new IamError('validation_failed', 'something in the profile is not as it should be', { fields })
  checkVersion(c, user.version)

  const after = withProfileChange(user, change)
  const address = primaryEmail(after)
  const newAddress = address?.verified === false && address.value !== primaryEmail(user)?.value
  if (newAddress) await takeMail(signedIn)
  const changed = await here.stores.users.update(user, after, 'user.updated', here.actor)
  if (newAddress) await askEmailVerification(here, { kind: 'user', userId: user.id })
  return c.json(await meOf({ ...signedIn, user: changed }))
}

function checkVersion(c: HouseContext, version: number): void {
  const match = c.req.header('if-match')
  if (match === undefined) throw new IamError('invalid_request', 'say in If-Match which version of the profile you have seen')
  if (match !== `"${version}"`) throw new IamError('conflict', 'the profile was changed meanwhile')
}
