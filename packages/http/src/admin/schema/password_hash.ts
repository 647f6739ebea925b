/** A hash of a password that another system made, on the wire: the text that it has there, or its fields (`core/password_hash/notations.ts`). */
import { importHash } from '@gatehouse/core/password_hash/notations.ts'
import { z } from '@hono/zod-openapi'

const text = z.string().min(1).max(1024)
const digest = z.enum(['sha1', 'sha256', 'sha512'])
const derived = z.enum(['pbkdf2-sha1', 'pbkdf2-sha256', 'pbkdf2-sha512'])
const encoding = z.enum(['base64', 'hex']).describe('Of hash; base64 where it is left out')
const saltEncoding = z
  .enum(['text', 'base64', 'hex'])
  .describe('text where it is left out: the bytes of the text itself, as WSO2 uses its column')

const digestSchema = z
  .strictObject({
    algorithm: digest,
    hash: text,
    encoding: encoding.optional(),
    salt: z.string().max(512).optional(),
    saltEncoding: saltEncoding.optional(),
    saltPosition: z.enum(['before', 'after']).optional().describe('Of the password; after where it is left out'),
  })
  .describe('One digest over password and salt')

const pbkdf2Schema = z.strictObject({
  algorithm: derived,
  hash: text,
  encoding: encoding.optional(),
  salt: z.string().max(512),
  saltEncoding: saltEncoding.optional(),
  iterations: z.number().int(),
})

const firebaseSchema = z
  .strictObject({
    algorithm: z.literal('firebase-scrypt'),
    hash: text,
    salt: text,
    signerKey: text.describe('base64_signer_key of the project; it is not kept'),
    saltSeparator: z.string().max(64),
    rounds: z.number().int(),
    memCost: z.number().int(),
  })
  .describe('As a project’s user export and its password hash parameters have it')

const jsonText = z.string().max(4096)
const keycloakSchema = z
  .object({
    secretData: z.union([jsonText, z.record(z.string(), z.unknown())]),
    credentialData: z.union([jsonText, z.record(z.string(), z.unknown())]),
  })
  .describe('A credential of type password, as a realm’s export has it')

export const passwordHashSchema = z
  .union([
    text.describe('$2b$..., $argon2id$..., $scrypt$..., $pbkdf2-sha256$..., pbkdf2_sha256$..., {SSHA}..., $1$, $apr1$, $5$, $6$'),
    digestSchema,
    pbkdf2Schema,
    firebaseSchema,
    keycloakSchema,
  ])
  .superRefine((hash, context) => {
    const imported = importHash(hash)
    if (imported.kind === 'problem') context.addIssue({ code: 'custom', message: imported.message })
  })
  .describe('Instead of password: a hash that another system made, renewed at the next sign-in (docs/migration.md); needs passwords:import')
