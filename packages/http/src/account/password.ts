/** `POST /api/v1/me/password`. The try is reserved before anything is compared; afterwards only this browser is still signed in, unless the tenant's policy says otherwise. */
import { IamError } from '@gatehouse/core/error.ts'
import type { User } from '@gatehouse/core/user.ts'
import { setNewPassword } from '@gatehouse/identity/password_change.ts'
import { comparePassword } from '@gatehouse/identity/password_comparison.ts'
import { passwordKeptUntil } from '@gatehouse/identity/password_due.ts'
import { findPasswordFault } from '@gatehouse/identity/password_faults.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { UserRecord } from '@gatehouse/store/user.ts'
import { clearSessionCookie } from '../cookies.ts'
import type { HouseContext } from '../house.ts'
import { readJson, textOf } from './json_body.ts'
import { checkSure, requireWriter, type SignedIn } from './signed_in.ts'

export async function changePassword(c: HouseContext): Promise<Response> {
  const signedIn = await requireWriter(c)
  const { here, session } = signedIn
  checkSure(signedIn)
  const body = await readJson(c)
  const [current, next] = [textOf(body, 'current_password') ?? '', textOf(body, 'new_password') ?? '']
  if (current === '') throw refusal('current_password', 'required')

  const user = await checkPresentPassword(signedIn, current)
  if (passwordKeptUntil(here, user) !== undefined) throw refusal('new_password', 'password_too_young')
  await checkNewPassword(here, user, current, next)
  await setNewPassword(here, user, { password: next, session: session.id })
  if (here.tenant.policies.password.endSessions === 'all') clearSessionCookie(c)
  return c.body(null, 204)
}

/** Counted per session, so that whoever sits at this browser cannot lock the person out elsewhere, nor a stranger elsewhere lock this. */
async function checkPresentPassword({ here, session, user: { id } }: SignedIn, password: string): Promise<User> {
  return here.hasher.admit(async (verify, makeHash) => {
    const of = { userId: id, knownBrowser: session.id }
    const record: UserRecord | undefined = await here.stores.users.findRecord(id, { consistent: true, knownBrowser: session.id })
    const reservation = await here.stores.tries.reserve(of, `password_${here.random.token(16)}`, record?.tries)
    if (reservation.kind === 'locked') {
      throw new IamError('too_many_requests', 'too many tries; wait a little', { retryAfterSeconds: reservation.retryAfterSeconds })
    }
    const compared = await comparePassword(here, { verify, hash: makeHash }, record?.password?.hash, password)
    if (!record || !compared.right) throw refusal('current_password', 'password_wrong')
    await here.stores.tries.forget(of)
    return record.user
  })
}

async function checkNewPassword(here: TenantContext, user: User, current: string, next: string): Promise<void> {
  const owner = { userName: user.userName, emails: user.emails.map((email) => email.value) }
  const problem = next === current ? 'password_unchanged' : await findPasswordFault(here, next, owner, user.id)
  if (problem !== undefined) throw refusal('new_password', problem)
}

function refusal(field: 'current_password' | 'new_password', code: string): IamError {
  return new IamError('validation_failed', 'the password was not changed', { fields: { [field]: code } })
}
