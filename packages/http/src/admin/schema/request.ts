/** Requests for approval, as administrators see them. */
import { z } from '@hono/zod-openapi'

const person = z.object({ id: z.string().optional(), name: z.string() })
const decision = z.object({ verdict: z.enum(['approve', 'reject']), by: person, at: z.string(), comment: z.string().optional() })

export const requestPageSchema = z.object({
  requests: z.array(
    z.object({
      id: z.string(),
      operation: z.string(),
      userName: z.string(),
      openedAt: z.number().int().describe('Milliseconds since the epoch'),
      state: z.string(),
      unassigned: z.boolean().describe('Nobody can decide it at the moment'),
    }),
  ),
  cursor: z.string().optional(),
})

export const requestSchema = z
  .object({
    requestId: z.string(),
    operation: z.string(),
    workflow: z.string(),
    requester: person,
    askedAt: z.string(),
    state: z.string(),
    level: z.number().int().describe('From 0'),
    levels: z.number().int(),
    data: z.array(z.object({ name: z.string(), value: z.string() })),
    steps: z.array(
      z.object({
        level: z.number().int(),
        name: z.string(),
        approvers: z.array(z.string()),
        state: z.string(),
        unassigned: z.boolean(),
        claimedBy: person.optional(),
        decision: decision.optional(),
      }),
    ),
  })
  .openapi('Request')
