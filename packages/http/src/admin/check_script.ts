/** An adaptive script before it is stored. QuickJS is loaded with the first. */

import { IamError } from '@gatehouse/core/error.ts'
import type { Permission } from '@gatehouse/core/permissions.ts'
import type { Scripting } from '@gatehouse/core/scripting.ts'
import type { SignInPolicy } from '@gatehouse/core/sign_in_policy.ts'
import type { HouseContext } from '../house.ts'
import { requireGrantablePermissions } from './access.ts'
import { tryScript } from './try_script.ts'

type Scripted = { readonly script?: string | undefined; readonly scripting?: Pick<Scripting, 'libraries'> | undefined }

/**
 * Throws `validation_failed`, with line and column, at a field below `pointer`. A script acts on people with the tenant's hand: whoever gives one
 * holds what that takes (`needs`).
 */
export async function checkScriptChange(
  c: HouseContext,
  before: Scripted,
  after: Scripted,
  pointer: (path: readonly string[]) => string,
  needs: readonly Permission[],
): Promise<void> {
  const isSame = before.script === after.script && JSON.stringify(before.scripting) === JSON.stringify(after.scripting)
  if (isSame) return
  await requireGrantablePermissions(c, needs)
  const libraries = after.scripting?.libraries
  if (after.script === undefined && libraries === undefined) return
  const { findScriptProblems } = await import('@gatehouse/policy/script/check_script.ts')
  const problems = await findScriptProblems(c.env.here, { script: after.script, libraries })
  const [first] = problems
  if (first === undefined) return
  throw new IamError('validation_failed', `${pointer(first.path)}: ${first.message}`, {
    fields: Object.fromEntries(problems.map(({ path, message }) => [pointer(path), message])),
  })
}

/** The tenant's script is My Account's and the command line's, too: whoever it would refuse could not take it back. What hangs on others' answers is let pass. */
export async function checkScriptLeavesAWayIn(c: HouseContext, policy: SignInPolicy): Promise<void> {
  const { here } = c.env
  const { userId, ip } = here.actor
  const user = policy.script === undefined ? undefined : userId && (await here.stores.users.find(userId))
  if (!user) return
  const tried = await tryScript(c, { user, policy, application: undefined, ip, acrValues: [], place: undefined, facts: undefined })
  if (tried === undefined || tried.run.outcome === 'let_on' || (tried.run.outcome === 'refused' && tried.run.askedOutside)) return
  throw new IamError('conflict', `with this script you could not sign in any more: ${tried.run.because}`)
}
