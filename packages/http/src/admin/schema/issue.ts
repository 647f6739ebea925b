/** What is wrong with a value, in words for whoever wrote it. */
import type { z } from '@hono/zod-openapi'

/** Zod says of what is not there that undefined was received, and of a wrong name of a map nothing of what is wrong with it. */
export function wordsOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_key') return `a wrong name: ${issue.issues.map(({ message }) => message).join('; ')}`
  return issue.code === 'invalid_type' && issue.message.endsWith('received undefined') ? 'is missing' : issue.message
}
