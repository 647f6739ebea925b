/** A tenant's settings on the wire. */
import { DEFAULT_POLICIES } from '@gatehouse/core/tenant.ts'
import { z } from '@hono/zod-openapi'

const webUri = z
  .string()
  .max(500)
  .refine((text) => /^(https:\/\/|\/)/.test(text), 'an https address or a path of ours')
const seconds = (least: number, most: number) => z.number().int().min(least).max(most)

export const tenantIdSchema = z
  .string()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, 'a-z, 0-9 and - between them, at most 63 characters')

export const brandingSchema = z.strictObject({
  logo_uri: webUri.optional(),
  accent_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, '#rrggbb')
    .optional(),
  support_uri: webUri.optional(),
})

export const policiesSchema = z.strictObject({
  password: z
    .strictObject({
      minimumLength: z.number().int().min(8).max(64),
      maximumLength: z.number().int().min(64).max(1024),
      refuseCommon: z.boolean(),
      refuseUserName: z.boolean(),
    })
    .partial()
    .optional(),
  sessionSeconds: seconds(300, 90 * 86_400).optional(),
  accessTokenSeconds: seconds(60, 3600).optional(),
  refreshTokenSeconds: seconds(3600, 365 * 86_400).optional(),
  selfRegistration: z.boolean().optional(),
})

export const privacyPolicySchema = z.strictObject({
  version: z.string().min(1).max(40),
  title: z.string().min(1).max(200),
  text: z.string().min(1).max(50_000).describe('Plain text, paragraphs separated by an empty line'),
  uri: webUri.optional(),
})

export const tenantSettingsSchema = z
  .strictObject({
    display_name: z.string().trim().min(1).max(100),
    locales: z
      .array(z.enum(['en', 'de', 'ar']))
      .min(1)
      .default(['en', 'de', 'ar'])
      .describe('The first is the default'),
    branding: brandingSchema.default({}),
    policies: policiesSchema.default({}),
    privacy_policy: privacyPolicySchema.optional(),
    active: z.boolean().default(true),
  })
  .openapi('TenantSettings')

export type TenantSettings = z.output<typeof tenantSettingsSchema>

/** Policies that the settings leave open are the house's defaults. */
export function toPolicies(given: TenantSettings['policies']) {
  return { ...DEFAULT_POLICIES, ...given, password: { ...DEFAULT_POLICIES.password, ...given.password } }
}
