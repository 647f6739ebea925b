/** People, groups and roles on the wire: SCIM 2.0 core schema (RFC 7643 section 4), roles and groups by name. */
import { z } from '@hono/zod-openapi'
import { nameSchema, userNameSchema } from './name.ts'
import { passwordHashSchema } from './password_hash.ts'

const text = z.string().trim().max(200)
const address = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address')
export const phoneNumberSchema = z
  .string()
  .trim()
  .regex(/^\+[1-9]\d{6,14}$/, 'E.164: + and 7 to 15 digits')
const multi = <T extends z.ZodType<string>>(value: T) =>
  z
    .array(
      z.strictObject({
        value,
        primary: z.boolean().optional(),
        type: z.string().max(40).optional(),
        verified: z.boolean().optional().describe('Vouched for by an administrator'),
      }),
    )
    .max(10)
    .refine((all) => all.filter((one) => one.primary).length <= 1, 'at most one is primary')

/** What can be changed of a person; no defaults, so that what is not named stays. */
const fields = {
  password: z
    .string()
    .min(1)
    .max(1024)
    .describe('Used when the person is created, or with a PATCH; stored as an Argon2id hash, never answered'),
  passwordHash: passwordHashSchema,
  active: z.boolean(),
  displayName: text,
  nickName: text,
  profileUrl: z.url({ protocol: /^https?$/ }).max(500),
  locale: z.string().max(35).describe('BCP 47'),
  timezone: z.string().max(60).describe('IANA name'),
  name: z.strictObject({ givenName: text, familyName: text, middleName: text, formatted: text }).partial(),
  emails: multi(address),
  phoneNumbers: multi(phoneNumberSchema),
  attributes: z
    .record(z.string().regex(/^[A-Za-z][\w./-]{0,99}$/, 'a letter, then letters, digits, _ . / and -'), z.string().max(500))
    .refine((all) => Object.keys(all).length <= 30, 'at most thirty')
    .describe('What else is known of the person, by names of the tenant’s: adaptive scripts read and write them'),
  roles: z.array(z.string()).max(100).describe('By name'),
  groups: z.array(z.string()).max(100).describe('By displayName'),
}

export const userChangeSchema = z
  .strictObject({ ...fields, userName: userNameSchema.describe('May be said; a user name stays what it is') })
  .partial()
  .openapi('UserChange')

/** What the house sets of a person. */
export const USER_READ_ONLY = ['id', 'suspendedBecause', 'passwordChange', 'createdAt', 'updatedAt', 'version'] as const

export const userSchema = z
  .strictObject(fields)
  .partial()
  .extend({
    userName: userNameSchema,
    active: fields.active.default(true),
    name: fields.name.default({}),
    emails: fields.emails.default([]),
    phoneNumbers: fields.phoneNumbers.default([]),
    roles: fields.roles.default([]),
    groups: fields.groups.default([]),
    gatehouse_invite: z.boolean().optional().describe('Invited by mail to choose a password, when the person is created; instead of one'),
  })
  .openapi('User')

const storedAddress = z.object({
  value: z.string(),
  primary: z.boolean().optional(),
  type: z.string().optional(),
  verified: z.boolean(),
})

/** What is answered: the person with roles and groups by name; no password. What people wrote themselves may have other forms than the above. */
export const storedUserSchema = z
  .object({
    id: z.string(),
    userName: z.string(),
    active: z.boolean(),
    suspendedBecause: z.literal('idle').optional().describe('Why, where no administrator did it'),
    displayName: z.string().optional(),
    nickName: z.string().optional(),
    profileUrl: z.string().optional(),
    locale: z.string().optional(),
    timezone: z.string().optional(),
    attributes: z.record(z.string(), z.string()).optional(),
    name: z.object(fields.name.shape),
    emails: z.array(storedAddress),
    phoneNumbers: z.array(storedAddress),
    roles: z.array(z.string()),
    groups: z.array(z.string()),
    passwordChange: z.enum(['forced']).optional().describe('A new password must be set at the next sign-in'),
    createdAt: z.string(),
    updatedAt: z.string(),
    version: z.number().int(),
  })
  .openapi('StoredUser')

export const groupSchema = z
  .strictObject({
    displayName: nameSchema(200),
    members: z.array(userNameSchema).max(10_000).optional().describe('User names; exactly these, where given'),
  })
  .openapi('Group')

export const roleSchema = z
  .strictObject({ name: nameSchema(100), permissions: z.array(z.string().max(200)).max(200).default([]) })
  .openapi('Role')
