/** `/api/v1/me/credentials/passkey`: a new passkey in My Account (`webauthn_registration`), under the same rule as every change of what proves a person. */
import { IamError } from '@gatehouse/core/error.ts'
import type { BegunPasskey } from '@gatehouse/core/my_account.ts'
import { deviceName } from '@gatehouse/core/user_agent.ts'
import { creationOptions } from '@gatehouse/identity/passkeys/own_options.ts'
import { registerPasskey } from '@gatehouse/identity/passkeys/registration.ts'
import { addToSession } from '@gatehouse/identity/session_proof.ts'
import type { HouseContext } from '../house.ts'
import { nameOf, shown } from './credentials.ts'
import { readJson, textOf } from './json_body.ts'
import { checkSure, requireWriter } from './signed_in.ts'

export async function beginPasskey(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  const { here, session, user } = signedIn
  const credentials = await here.stores.credentials.list(user.id, { consistent: true })
  return c.json({ options: await creationOptions(here, user, session.id, credentials) } satisfies BegunPasskey)
}

export async function confirmPasskey(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  checkSure(signedIn)
  const { here, session, user } = signedIn
  const body = await readJson(c)
  const outcome = await registerPasskey(here, user, {
    text: textOf(body, 'passkey') ?? '',
    boundTo: session.id,
    name: nameOf(body),
    fallbackName: deviceName(here.actor.userAgent ?? ''),
  })
  if (outcome.kind === 'expired') throw new IamError('gone', 'this took too long; begin again')
  if (outcome.kind === 'registered') {
    await addToSession(here, session, outcome.proven)
    return c.json(shown(outcome.credential), 201)
  }
  const code = outcome.kind === 'untrusted' ? 'passkey_untrusted' : 'passkey_refused'
  throw new IamError('validation_failed', 'the passkey was not added', { fields: { passkey: code } })
}
