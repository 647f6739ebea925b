/** The body of a write to an API has a limit. What is announced as larger is refused untouched, so that whoever sends it can still read why. */
import { IamError } from '@gatehouse/core/error.ts'
import type { MiddlewareHandler } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { problem } from './errors.ts'
import type { Env, HouseContext } from './house.ts'

export function smallBody(maxSize: number): MiddlewareHandler<Env> {
  const refuse = (c: HouseContext) => problem(new IamError('too_large', `a body has at most ${maxSize} bytes`), c)
  const counted = bodyLimit({ maxSize, onError: refuse })
  return async (c, next) => (Number(c.req.header('content-length') ?? 0) > maxSize ? refuse(c) : counted(c, next))
}
