/** Our own pages follow the tenant's adaptive script: a session that an application began, whose script was another or none, has to be let in by it first. */
import { scriptFor } from '@gatehouse/core/adaptive_script.ts'
import type { Session } from '@gatehouse/core/session.ts'
import { signInPolicyOf } from '@gatehouse/core/tenant.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

export async function isLetIn(here: TenantContext, session: Session): Promise<boolean> {
  const script = await scriptHere(here)
  return script === undefined || session.letInBy === script
}

/** For a sign-in to one of our own pages that has come to its end. */
export async function letIn(here: TenantContext, session: Session): Promise<void> {
  const script = await scriptHere(here)
  if (script !== undefined && session.letInBy !== script) await here.stores.sessions.letIn(session.userId, session.id, script)
}

/** The version that holds now. */
async function scriptHere({ tenant }: TenantContext): Promise<string | undefined> {
  const policy = signInPolicyOf(tenant)
  const script = scriptFor(policy, undefined)
  if (script === undefined) return undefined
  const { versionOf } = await import('@gatehouse/policy/script/version.ts')
  return versionOf(script, policy.scripting?.libraries ?? {}).id
}
