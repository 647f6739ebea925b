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

const days = (least: number, most: number) => z.number().int().min(least).max(most)

export const passwordExpirySchema = z.strictObject({
  maximumAgeDays: days(1, 3650),
  warnDays: days(0, 365)
    .default(14)
    .describe('So long before, a mail and My Account say so, and a sign-in by password offers the change; 0: none of it'),
  exceptRoles: z.array(z.string().max(100)).max(50).optional().describe('Names of roles whose holders’ passwords do not become too old'),
})

export const passwordMinimumAgeSchema = days(0, 365).describe(
  'So many days a password that its person chose stays, before they may choose another in My Account; not where one is forced, recovered, or set by an administrator',
)

export const breachedPasswordSchema = z.strictObject({
  url: z
    .string()
    .max(300)
    .regex(/^https:\/\/|^http:\/\/(?:localhost|127\.0\.0\.1)[:/]/, 'an https address')
    .default('https://api.pwnedpasswords.com/range/')
    .describe('Of a service that speaks the range protocol of Have I Been Pwned'),
  ifUnreachable: z
    .enum(['accept', 'refuse'])
    .default('accept')
    .describe('What becomes of a new password; the bundled list applies in any case'),
  atSignIn: z.boolean().default(false).describe('Whoever signs in with a password that was seen in a breach sets a new one'),
})

export const idleSchema = z
  .strictObject({
    warnAfterDays: days(7, 3650),
    suspendAfterDays: days(8, 3650),
    comeBack: z
      .enum(['administrator', 'recovery'])
      .default('administrator')
      .describe('Who opens a suspended account again: an administrator, or its person as well, by recovery of the password'),
  })
  .refine(({ warnAfterDays, suspendAfterDays }) => warnAfterDays < suspendAfterDays, 'people are warned before they are suspended')
