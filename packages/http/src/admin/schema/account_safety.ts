/** What keeps accounts safe, on the wire: the parts of a tenant's policies that `docs/account_safety.md` tells of. */
import { z } from '@hono/zod-openapi'

export const addressChangeSchema = z
  .strictObject({
    proof: z
      .enum(['new', 'both'])
      .describe('Which ends have to be proven by a code: the new address, or the one that was verified before as well'),
    undoDays: z.number().int().min(0).max(30).describe('For so long the receiver of the old address may undo it; 0 is not at all'),
  })
  .partial()
