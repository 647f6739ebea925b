/** What every route of the management API has in common: a permission, problem+json answers, JSON in and out. */
import { type ErrorCode, IamError } from '@gatehouse/core/error.ts'
import type { Permission } from '@gatehouse/core/permissions.ts'
import { createRoute, type OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { problem } from '../errors.ts'
import type { Env } from '../house.ts'
import { requirePermission } from './access.ts'
import { wordsOf } from './schema/issue.ts'

export type AdminApp = OpenAPIHono<Env>

export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    errors: z.array(z.object({ pointer: z.string(), detail: z.string() })).optional(),
  })
  .openapi('Problem')

const PROBLEM = { 'application/problem+json': { schema: problemSchema } }

/** Refusals that any route may answer. */
const REFUSALS = {
  401: { description: 'No token, or one that is not valid here', content: PROBLEM },
  403: { description: 'The token does not carry the permission, or its holder has lost it', content: PROBLEM },
  404: { description: 'There is no such thing in this tenant', content: PROBLEM },
  400: { description: 'What was sent cannot be read', content: PROBLEM },
  409: { description: 'Changed by someone else meanwhile, or the name is taken', content: PROBLEM },
  422: { description: 'A field is not as it should be; `errors` names it', content: PROBLEM },
} as const

/** An answer. */
export function json<T extends z.ZodType>(schema: T, description: string) {
  return { description, content: { 'application/json': { schema } } }
}

/** What is sent: required, since a body that is left out would otherwise pass unchecked. */
export function body<T extends z.ZodType>(schema: T, description: string) {
  return { ...json(schema, description), required: true } as const
}

/**
 * A body as it was read at the same place, changed and sent back: what the house sets itself may stand in it, and is not looked at (RFC 7644 section 3.5.1,
 * `readOnly`). Anything else that is unknown stays refused.
 */
export function readBack<T extends z.ZodType>(schema: T, readOnly: readonly string[], description: string) {
  const names = readOnly.map((name) => `\`${name}\``).join(', ')
  const without = (sent: unknown) => {
    if (typeof sent !== 'object' || sent === null || Array.isArray(sent)) return sent
    return Object.fromEntries(Object.entries(sent).filter(([name]) => !readOnly.includes(name)))
  }
  return body(z.preprocess(without, schema), `${description}. ${names}: as they were read, or left out; they change nothing`)
}

type Described = Omit<RouteConfig, 'tags' | 'security' | 'middleware'> & { readonly tag: string }

/** A route's description. The permission stands in the document as its security requirement and is checked before the body is read. */
export function describe<const R extends Described>(permission: Permission, route: R) {
  const { tag, ...rest } = route
  const described = createRoute({
    ...rest,
    tags: [tag],
    security: [{ bearer: [permission] }],
    middleware: [guarded(permission)],
    responses: { ...REFUSALS, ...route.responses },
  })
  // The refusals stand in the document only: they are thrown, so no handler returns them, and its type says what a handler may return.
  return described as unknown as Omit<R, 'tag'> & Pick<typeof described, 'getRoutingPath'>
}

/** Refuses before the body is read. */
function guarded(permission: Permission) {
  return async (c: Context<Env>, next: () => Promise<void>) => {
    await requirePermission(c, permission)
    const type = c.req.header('content-type')
    if (type !== undefined && !/^application\/(?:[\w.+-]+\+)?json\b/i.test(type))
      throw new IamError('unsupported_media_type', `send application/json, not ${type.slice(0, 80)}`)
    await next()
  }
}

/** Zod's findings as one refusal with a pointer per field. */
export function refuseInvalid(result: { success: true } | { success: false; error: z.ZodError }, c: Context<Env>): Response | undefined {
  if (result.success) return undefined
  return problem(validationError(result.error), c)
}

export function validationError(error: z.ZodError, code: ErrorCode = 'validation_failed'): IamError {
  const fields = Object.fromEntries(error.issues.map((issue) => [`/${issuePath(issue).map(escapePointer).join('/')}`, wordsOf(issue)]))
  const [first] = Object.entries(fields)
  return new IamError(code, first ? `${first[0]}: ${first[1]}` : 'the input is not as it should be', { fields })
}

/** An unknown key is named itself, not the object that holds it. */
function issuePath(issue: z.core.$ZodIssue): PropertyKey[] {
  return issue.code === 'unrecognized_keys' ? [...issue.path, issue.keys[0] ?? ''] : [...issue.path]
}

/** RFC 6901 section 3. */
function escapePointer(part: PropertyKey): string {
  return String(part).replaceAll('~', '~0').replaceAll('/', '~1')
}

export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().max(2000).optional(),
})
