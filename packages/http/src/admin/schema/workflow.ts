/** Workflows (levels of approval) and what they are asked for, on the wire. */

import { OPERATIONS, type Operation, type Operator } from '@gatehouse/core/approval/operation.ts'
import { z } from '@hono/zod-openapi'
import { nameSchema, userNameSchema } from './name.ts'

const name = nameSchema(100)

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

/** What is answered. A level whose approvers were all deleted since has none. */
const storedApprovers = z.object({ roles: z.array(z.string()), users: z.array(z.string()) })
export const storedWorkflowSchema = z
  .object({
    name: z.string(),
    version: z.number().int(),
    levels: z.array(
      z.object({
        name: z.string(),
        approvers: storedApprovers,
        timeout: z.object({ seconds: z.number(), action: z.string(), to: storedApprovers.optional() }).optional(),
      }),
    ),
  })
  .openapi('StoredWorkflow')

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
