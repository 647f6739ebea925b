/** The hook of the old system, on the wire (`core/migration_policy.ts`). */
import { MIGRATION_ATTRIBUTES } from '@gatehouse/core/migration_policy.ts'
import { z } from '@hono/zod-openapi'

const names = z.array(z.string().min(1).max(200)).max(200)

/** `http` is for the machine itself, while trying things out; in the cloud nothing of the kind is reached. */
function isHookAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || url.username !== '' || url.password !== '' || url.hash !== '') return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname))
}

export const migrationPolicySchema = z
  .strictObject({
    url: z.string().max(500).refine(isHookAddress, 'an https address without a name, a password or a fragment'),
    secret: z
      .string()
      .min(32)
      .max(512)
      .optional()
      .describe('Signs each question (RFC 9421, hmac-sha256); sealed, never answered. Left out: the one that is there'),
    secretId: z.string().max(40).optional().describe('Answered in place of the secret: the beginning of its SHA-256'),
    timeoutMilliseconds: z.number().int().min(500).max(8000).default(3000),
    until: z.iso.datetime({ offset: true }).describe('Nobody is asked for from then on'),
    attributes: z
      .partialRecord(z.enum(MIGRATION_ATTRIBUTES), z.string().regex(/^[\w-]{1,60}(?:\.[\w-]{1,60}){0,4}$/, 'a path with dots'))
      .default({})
      .describe('Our word -> where the answer’s user has it; left out: SCIM’s own'),
    groups: names.default([]).describe('By displayName: those that the old system may put people into'),
    roles: names.default([]).describe('By name: those that the old system may give'),
  })
  .openapi('MigrationPolicy')

export type MigrationSettings = z.output<typeof migrationPolicySchema>
