/** `/api/v1/sign-in/risk`: the sign-ins of a day that were risky, newest first, also those that came to nothing. */
import { RISKY_OUTCOMES, type RiskyOutcome } from '@gatehouse/core/risk/risk_policy.ts'
import { z } from '@hono/zod-openapi'
import { type AdminApp, describe, json, pageQuery } from '../route.ts'

const dayQuery = pageQuery.extend({ day: z.iso.date().optional().describe('UTC; left out: today. They are kept for 90 days') })

const riskySchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    userId: z.string().optional(),
    client_id: z.string().optional(),
    ip: z.string().optional(),
    country: z.string().optional(),
    city: z.string().optional(),
    device: z.string(),
    level: z.string(),
    score: z.number().int(),
    action: z.string(),
    outcome: z.enum(RISKY_OUTCOMES).optional().describe('When the person had said who they are'),
    because: z.array(z.string()).describe('Each signal with its points and what it saw'),
  })
  .openapi('RiskySignIn')

export function riskRoutes(app: AdminApp): void {
  app.openapi(
    describe('audit:read', {
      method: 'get',
      path: '/api/v1/sign-in/risk',
      summary: 'List the risky sign-ins of a day',
      tag: 'Sign-in',
      request: { query: dayQuery },
      responses: { 200: json(z.object({ items: z.array(riskySchema), cursor: z.string().optional() }), 'Newest first') },
    }),
    async (c) => {
      const { here } = c.env
      const { day = new Date(here.clock.now()).toISOString().slice(0, 10), limit, cursor } = c.req.valid('query')
      const found = await here.stores.risk.list(day, limit, cursor)
      const items = found.events.map(({ id, at, userId, clientId, actor, data = {} }) => ({
        id,
        at: new Date(at).toISOString(),
        userId,
        client_id: clientId,
        ip: actor.ip,
        country: textOf(data.country),
        city: textOf(data.city),
        device: textOf(data.device) ?? '',
        level: textOf(data.level) ?? '',
        score: Number(data.score),
        action: textOf(data.action) ?? '',
        outcome: outcomeOf(data.outcome),
        because: Array.isArray(data.because) ? data.because.map(String) : [],
      }))
      return c.json({ items, cursor: found.cursor }, 200)
    },
  )
}

function outcomeOf(value: unknown): RiskyOutcome | undefined {
  return RISKY_OUTCOMES.find((outcome) => outcome === value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
