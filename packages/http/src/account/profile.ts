/** `PATCH /api/v1/me`: a person changes their profile, against the version that they saw. Addresses are changed by proof: `address_change.ts`. */
import { ADDRESS_CHANNELS } from '@gatehouse/core/address_change.ts'
import { IamError } from '@gatehouse/core/error.ts'
import { PROFILE_FIELDS, type ProfileChange } from '@gatehouse/core/my_account.ts'
import { checkProfileChange, withProfileChange } from '@gatehouse/core/profile_change.ts'
import type { HouseContext } from '../house.ts'
import { readJson, textOf } from './json_body.ts'
import { meOf } from './me.ts'
import { requireWriter } from './signed_in.ts'

export async function changeProfile(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const { here, user } = signedIn
  const body = await readJson(c)
  const unproven = ADDRESS_CHANNELS.filter((name) => body[name] !== undefined)
  if (unproven.length > 0)
    throw new IamError('validation_failed', 'addresses are changed by proof: POST /api/v1/me/address-changes/{email|phone_number}', {
      fields: Object.fromEntries(unproven.map((name) => [name, 'proof_needed'])),
    })
  const change: ProfileChange = Object.fromEntries(
    PROFILE_FIELDS.flatMap((name) => (textOf(body, name) === undefined ? [] : [[name, textOf(body, name)]])),
  )
  const fields = checkProfileChange(change, here.tenant.locales)
  if (Object.keys(fields).length > 0) throw new IamError('validation_failed', 'something in the profile is not as it should be', { fields })
  checkVersion(c, user.version)

  const after = withProfileChange(user, change)
  const changed = await here.stores.users.update(user, after, 'user.updated', here.actor)
  return c.json(await meOf({ ...signedIn, user: changed }))
}

function checkVersion(c: HouseContext, version: number): void {
  const match = c.req.header('if-match')
  if (match === undefined) throw new IamError('invalid_request', 'say in If-Match which version of the profile you have seen')
  if (match !== `"${version}"`) throw new IamError('conflict', 'the profile was changed meanwhile')
}
