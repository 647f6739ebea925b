/** A tenant's settings on the wire. */
import { DEFAULT_ADDRESS_CHANGE } from '@gatehouse/core/address_change.ts'
import { TEXT_COUNTRIES } from '@gatehouse/core/calling_codes.ts'
import { DEFAULT_CERTIFICATES } from '@gatehouse/core/certificate_policy.ts'
import { TENANT_ID } from '@gatehouse/core/ids.ts'
import { DEFAULT_PASSKEYS } from '@gatehouse/core/passkey_policy.ts'
import { DEFAULT_RECOVERY, RECOVERY_WAYS, USER_NAME_WAYS } from '@gatehouse/core/recovery_policy.ts'
import { DEFAULT_POLICIES, defaultSignInOf, type TenantPolicies } from '@gatehouse/core/tenant.ts'
import { DEFAULT_TEXT_POLICY } from '@gatehouse/core/text_policy.ts'
import { z } from '@hono/zod-openapi'
import {
  addressChangeSchema,
  breachedPasswordSchema,
  idleSchema,
  passwordExpirySchema,
  passwordMinimumAgeSchema,
} from './account_safety.ts'
import { captchaSchema } from './captcha.ts'
import { certificatePolicySchema } from './certificates.ts'
import { migrationPolicySchema } from './migration.ts'
import { passkeyPolicySchema } from './passkeys.ts'
import { riskPolicySchema, toRiskPolicy } from './risk.ts'
import { signInPolicySchema } from './sign_in.ts'

const webUri = z
  .string()
  .max(500)
  .refine((text) => /^(https:\/\/|\/)/.test(text), 'an https address or a path of ours')
const seconds = (least: number, most: number) => z.number().int().min(least).max(most)

export const tenantIdSchema = z.string().regex(TENANT_ID, 'a-z, 0-9 and - between them, at most 63 characters; `mtls` is the house’s own')

export const brandingSchema = z.strictObject({
  logo_uri: webUri.optional(),
  accent_color: z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/, '#rrggbb')
    .optional(),
  support_uri: webUri.optional(),
})

const quota = z
  .strictObject({ hour: z.number().int().min(0).max(1_000_000), day: z.number().int().min(0).max(1_000_000) })
  .refine(({ hour, day }) => hour <= day, 'an hour’s messages are no more than a day’s')

const textMessagesSchema = z
  .strictObject({
    countries: z
      .array(
        z
          .string()
          .regex(/^[A-Z]{2}$/, 'two capital letters')
          .refine((code) => TEXT_COUNTRIES.has(code), 'a country with a calling code'),
      )
      .max(300)
      .describe('ISO 3166-1 alpha-2; left out: every country that the house allows'),
    perNumber: quota,
    perRange: quota.describe('Numbers that share their first nine digits'),
    perCountry: quota,
    perTenant: quota,
  })
  .partial()

const recoverySchema = z
  .strictObject({
    password: z
      .array(z.enum(RECOVERY_WAYS))
      .max(4)
      .describe('Ways to a new password, the first is proposed; none: an administrator is asked'),
    userName: z.array(z.enum(USER_NAME_WAYS)).max(2),
    linkSeconds: seconds(300, 86_400),
    invitationSeconds: seconds(3600, 30 * 86_400),
    bySecondFactor: z.boolean().describe('A mailbox that gets the codes of a second factor may set the password without another factor'),
    unlock: z.boolean().describe('Who is held up after many tries is mailed a way in'),
  })
  .partial()

const policies = z.strictObject({
  captcha: captchaSchema.optional().describe('Forms that ask to show that no program sends them; left out: none'),
  signIn: signInPolicySchema.optional().describe('How people sign in'),
  passkeys: passkeyPolicySchema.optional().describe('Which passkeys are taken'),
  certificates: certificatePolicySchema.optional().describe('Which client certificates are taken; left out: none'),
  password: z
    .strictObject({
      minimumLength: z.number().int().min(8).max(64),
      maximumLength: z.number().int().min(64).max(1024),
      refuseCommon: z.boolean(),
      refuseUserName: z.boolean(),
      endSessions: z
        .enum(['others', 'all', 'none'])
        .describe('Which sessions end with a new password; others: all but the one in which it is set'),
      history: z.number().int().min(0).max(24).describe('So many passwords, the present one among them, must not be chosen again'),
      minimumAgeDays: passwordMinimumAgeSchema,
      expiry: passwordExpirySchema,
      breached: breachedPasswordSchema,
    })
    .partial()
    .refine(
      ({ minimumAgeDays = 0, expiry }) => expiry === undefined || minimumAgeDays < expiry.maximumAgeDays,
      'a password must be changeable before it is too old',
    )
    .optional(),
  sessionSeconds: seconds(300, 90 * 86_400).optional(),
  accessTokenSeconds: seconds(60, 3600).optional(),
  refreshTokenSeconds: seconds(3600, 365 * 86_400).optional(),
  selfRegistration: z.boolean().optional(),
  recovery: recoverySchema.optional().describe('How people who forgot something come back'),
  risk: riskPolicySchema.optional().describe('What is made of risky sign-ins; left out: risk is not looked at'),
  textMessages: textMessagesSchema.optional().describe('How many, and where to; 0 is none'),
  idle: idleSchema.optional().describe('Accounts that nobody uses'),
  newBrowserMail: z
    .boolean()
    .optional()
    .describe('A sign-in from a browser that is new to the person is told to them by mail; default true'),
  migration: migrationPolicySchema.optional().describe('Where people are looked up who were not brought in from the old system yet'),
  addressChange: addressChangeSchema.optional().describe('How people change their e-mail address and phone number'),
})

/** As they are shown: what was stored before a rule was made is shown all the same, so that it can be mended. */
export const storedPoliciesSchema = policies

export const policiesSchema = policies.superRefine(({ captcha, risk, password }, context) => {
  const { maximumAgeDays, warnDays } = password?.expiry ?? { maximumAgeDays: 0, warnDays: 0 }
  if (warnDays > maximumAgeDays)
    context.addIssue({
      code: 'custom',
      path: ['password', 'expiry', 'warnDays'],
      message: 'no more than maximumAgeDays (left out, it is 14)',
    })
  if (captcha?.risk !== undefined && risk === undefined)
    context.addIssue({ code: 'custom', path: ['captcha', 'risk'], message: 'needs policies.risk, which says what a signal weighs' })
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

/** Policies that the settings leave open are the house's defaults. Without those whose secrets are sealed first (`captcha_secret.ts`, `migration_policy.ts`). */
export function toPolicies(settings: TenantSettings['policies']): TenantPolicies {
  const { textMessages, signIn, addressChange, passkeys, certificates, recovery, risk, captcha: _, migration: __, ...given } = settings
  return {
    ...DEFAULT_POLICIES,
    ...given,
    password: { ...DEFAULT_POLICIES.password, ...given.password },
    ...(recovery === undefined ? {} : { recovery: { ...DEFAULT_RECOVERY, ...recovery } }),
    ...(signIn === undefined ? {} : { signIn: { ...defaultSignInOf({ certificates }), ...signIn } }),
    ...(addressChange === undefined ? {} : { addressChange: { ...DEFAULT_ADDRESS_CHANGE, ...addressChange } }),
    ...(passkeys === undefined ? {} : { passkeys: { ...DEFAULT_PASSKEYS, ...passkeys } }),
    ...(certificates === undefined ? {} : { certificates: { ...DEFAULT_CERTIFICATES, ...certificates } }),
    ...(risk === undefined ? {} : { risk: toRiskPolicy(risk) }),
    ...(textMessages === undefined ? {} : { textMessages: { ...DEFAULT_TEXT_POLICY, ...textMessages } }),
  }
}
