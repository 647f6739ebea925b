/** How often somebody's password was guessed, as a script asks for it. */
import type { SessionId, UserId } from '@gatehouse/core/ids.ts'
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'

/** Tries since the last sign-in that came to be, without this one; those of browsers that the person has used before are counted apart, and not here. */
export async function failedTries({ stores }: TenantContext, userId: UserId, sessionId: SessionId): Promise<number> {
  const state = await stores.tries.find({ userId })
  const pending = state?.pending ?? []
  // The tries of one sign-in have one id; the last of them is the one that was right.
  const others = pending.at(-1) === sessionId ? pending.slice(0, -1) : pending
  const came = await Promise.all(others.map(async (id) => (await stores.sessions.find(userId, id as `ses_${string}`)) !== undefined))
  return others.length - 1 - came.lastIndexOf(true)
}
