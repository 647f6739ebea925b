/** The configuration file of `gatehouse apply`, `export` and `--seed` (design, section 7). Unknown keys are refused with their path. */
import { foldName } from '@gatehouse/store/keys.ts'
import { z } from '@hono/zod-openapi'
import { applicationSchema } from './application.ts'
import { tenantIdSchema, tenantSettingsSchema } from './tenant.ts'
import { groupSchema, roleSchema, userSchema } from './user.ts'
import { associationSchema, workflowSchema } from './workflow.ts'

/** `fold`: what counts as the same. */
const distinct = <T extends z.ZodType>(element: T, key: string, fold: (value: string) => string = (value) => value) =>
  z
    .array(element)
    .optional()
    .superRefine((all, context) => {
      const seen = new Set<unknown>()
      for (const [index, one] of (all ?? []).entries()) {
        const value = fold(String((one as Record<string, unknown>)[key]))
        if (seen.has(value)) context.addIssue({ code: 'custom', path: [index, key], message: `${value} stands twice` })
        seen.add(value)
      }
    })

/** Without `active`: a tenant is suspended by an act, not by a file. */
export const tenantConfigurationSchema = tenantSettingsSchema
  .omit({ active: true })
  .partial()
  .extend({
    id: tenantIdSchema,
    applications: distinct(applicationSchema, 'client_id'),
    users: distinct(userSchema, 'userName', foldName),
    groups: distinct(groupSchema, 'displayName'),
    roles: distinct(roleSchema, 'name'),
    workflows: distinct(workflowSchema, 'name'),
    associations: z.array(associationSchema).optional(),
  })

export const configurationSchema = z.strictObject({
  $schema: z.string().optional(),
  tenants: distinct(tenantConfigurationSchema, 'id').unwrap(),
})

export type TenantConfiguration = z.output<typeof tenantConfigurationSchema>
export type ConfigurationFile = z.output<typeof configurationSchema>
