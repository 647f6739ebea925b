/** The body of a write: a JSON object of texts, small. */
import { IamError } from '@gatehouse/core/error.ts'
import type { HouseContext } from '../house.ts'
import { smallBody } from '../small_body.ts'

export const smallJson = smallBody(32 * 1024)

export type JsonObject = Readonly<Record<string, unknown>>

/** Only JSON that says that it is: a form cannot be posted as `application/json` from elsewhere without asking first. */
export async function readJson(c: HouseContext): Promise<JsonObject> {
  const type = (c.req.header('content-type') ?? '').split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new IamError('unsupported_media_type', 'send application/json')
  const body: unknown = await c.req.json().catch(() => undefined)
  if (!isObject(body)) throw new IamError('invalid_request', 'the body is not a JSON object')
  return body
}

export function textOf(body: JsonObject, name: string): string | undefined {
  const value = body[name]
  if (value === undefined || typeof value === 'string') return value
  throw new IamError('validation_failed', `${name} must be a text`, { fields: { [name]: 'invalid' } })
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
