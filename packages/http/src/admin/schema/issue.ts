/** What is wrong with a value, in words for whoever wrote it. */
import type { z } from '@hono/zod-openapi'

/** Zod says of what is not there that undefined was received. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined') ? 'is missing' : issue.message
}
