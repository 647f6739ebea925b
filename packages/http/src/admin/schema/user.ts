/** People, groups and roles on the wire: SCIM 2.0 core schema (RFC 7643 section 4), roles and groups by name. */
import type { User } from '@gatehouse/core/user.ts'
import { z } from '@hono/zod-openapi'

const text = z.string().trim().max(200)
const address = z
  .string()
  .trim()
  .max(320)
  .regex(/^[^\s@]+@[^\s@]+$/, 'an e-mail address')
const phone = z
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

export const userNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(128)
  .regex(/^[^\p{C}\s]+$/u, 'no blanks and no control characters')

export const userSchema = z
  .strictObject({
    userName: userNameSchema,
    password: z
      .string()
      .min(1)
      .max(128)
      .optional()
      .describe('Used when the person is created, or with a PATCH; stored as an Argon2id hash'),
    active: z.boolean().default(true),
    displayName: text.optional(),
    nickName: text.optional(),
    profileUrl: z.url().max(500).optional(),
    locale: z.string().max(35).optional().describe('BCP 47'),
    timezone: z.string().max(60).optional().describe('IANA name'),
    name: z
      .strictObject({ givenName: text.optional(), familyName: text.optional(), middleName: text.optional(), formatted: text.optional() })
      .default({}),
    emails: multi(address).default([]),
    phoneNumbers: multi(phone).default([]),
    roles: z.array(z.string()).max(100).default([]).describe('By name'),
    groups: z.array(z.string()).max(100).default([]).describe('By displayName'),
  })
  .openapi('User')

export type StoredUser = Omit<User, 'roles' | 'groups'> & { readonly roles: readonly string[]; readonly groups: readonly string[] }

/** What is answered: the person with roles and groups by name; no password. */
export const storedUserSchema: z.ZodType<StoredUser> = z
  .looseObject({ id: z.string(), userName: z.string(), version: z.number().int() })
  .openapi('StoredUser') as never

export const groupSchema = z
  .strictObject({
    displayName: z.string().trim().min(1).max(200),
    members: z.array(userNameSchema).max(10_000).optional().describe('User names; exactly these, where given'),
  })
  .openapi('Group')

export const roleSchema = z
  .strictObject({ name: z.string().trim().min(1).max(100), permissions: z.array(z.string().max(200)).max(200).default([]) })
  .openapi('Role')
