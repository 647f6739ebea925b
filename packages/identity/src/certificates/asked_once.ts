/** What others said who were asked of certificates, remembered in the process, each tenant's by itself: two sign-ins at once ask once, and no silence is met at each. */
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import { boundedShares, perHouse } from '../house_memory.ts'

const LONGEST_KEPT_MILLISECONDS = 3_600_000
/** Whoever says nothing that counts is not asked at each sign-in. */
export const PAUSE_MILLISECONDS = 60_000

type Remembered<Answer> = { readonly answer: Promise<Answer>; readonly askAgainAt: number }

/** `before`: what was said the last time. */
type Ask<Answer> = (before: Promise<Answer> | undefined) => Promise<Answer>

/** `askAgainAt`: in milliseconds since the epoch; within the hour in any case, and at once where it is past. */
export function askedOnce<Answer>(
  most: { readonly remembered: number; readonly ofATenant: number },
  askAgainAt: (answer: Answer, now: number) => number,
): (ctx: TenantContext, name: string, ask: Ask<Answer>) => Promise<Answer> {
  const memories = perHouse(() => boundedShares<Remembered<Answer>>(most.remembered, most.ofATenant))
  return async (ctx, name, ask) => {
    const remembered = memories(ctx)(ctx.stores.id)
    const before = remembered.get(name)
    const now = ctx.clock.now()
    if (before && before.askAgainAt > now) return before.answer
    const answer = ask(before?.answer)
    remembered.set(name, { answer, askAgainAt: now + PAUSE_MILLISECONDS })
    const given = await answer
    remembered.set(name, { answer, askAgainAt: Math.min(askAgainAt(given, now), now + LONGEST_KEPT_MILLISECONDS) })
    return given
  }
}
