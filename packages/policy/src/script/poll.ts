/** Asks whether what an adaptive script waits for is there (`internalWait` of WSO2, by `POLLING`): the house asks, and not the browser, so that nothing is told to a page of ours by anybody else. */
import type { TenantContext } from '@gatehouse/store/tenant_context.ts'
import type { Poll } from './prompt.ts'

const PATIENCE_MILLISECONDS = 3_000
const MOST_BYTES = 4_096
/** More often than the longest wait needs, with a page that was loaded again: whoever asks more gets no answer from outside. */
const POLLS = { name: 'script_poll', limit: 60, windowSeconds: 600 } as const

/** What does not answer, or answers something else, has not come yet: the wait has an end of its own. */
export async function isThere(ctx: TenantContext, interactionId: string, { url, method, contentType, body }: Poll): Promise<boolean> {
  if (!(await ctx.stores.rates.take(POLLS, interactionId)).allowed) return false
  try {
    const answer = await ctx.egress.send({
      url,
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': contentType }) },
      ...(body === undefined ? {} : { body }),
      timeoutMilliseconds: PATIENCE_MILLISECONDS,
      maximumBytes: MOST_BYTES,
    })
    return answer.status === 200 && /^completed?$/i.test(statusOf(answer.body))
  } catch (error) {
    ctx.log.write('warn', 'what a script waits for cannot be asked', { tenant: ctx.tenant.id, host: new URL(url).host, error })
    return false
  }
}

function statusOf(body: string): string {
  const answer: unknown = JSON.parse(body)
  return typeof answer === 'object' && answer !== null && 'status' in answer ? String(answer.status) : ''
}
