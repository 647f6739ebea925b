/** Workflows (levels of approval) and what they are asked for, on the wire. */

import { OPERATIONS, type Operation, type Operator } from '@gatehouse/core/approval/operation.ts'
import { z } from '@hono/zod-openapi'
import { userNameSchema } from './user.ts'

const name = z.string().trim().min(1).max(100)

const approvers = z
  .strictObject({ roles: z.array(z.string()).max(20).default([]), users: z.array(userNameSchema).max(50).default([]) })
  .refine((given) => given.roles.length + given.users.length > 0, 'a role or a person that approves')

const seconds = z
  .number()
  .int()
  .min(60)
  .max(365 * 86_400)
const timeout = z
  .union([
    z.strictObject({ seconds, action: z.enum(['remind', 'expire']) }),
    z.strictObject({ seconds, action: z.literal('escalate'), to: approvers }),
  ])
  .describe('What happens when nobody decides in time')

export const workflowSchema = z
  .strictObject({
    name,
    levels: z
      .array(z.strictObject({ name, approvers, timeout: timeout.optional() }))
      .min(1)
      .max(10)
      .describe('In order; one approval by an eligible person completes a level'),
  })
  .openapi('Workflow')

const OPERATORS = ['equals', 'not_equals', 'contains', 'not_contains', 'starts_with', 'ends_with'] as const satisfies readonly Operator[]

export const conditionSchema = z
  .array(z.strictObject({ field: z.string().min(1).max(100), operator: z.enum(OPERATORS), value: z.string().max(500) }))
  .max(20)
  .describe('All must hold for the workflow to be asked; none: always')

export const associationSchema = z
  .strictObject({
    operation: z.enum(Object.keys(OPERATIONS) as [Operation, ...Operation[]]),
    workflow: name,
    condition: conditionSchema.default([]),
    enabled: z.boolean().default(true),
  })
  .openapi('Association')
