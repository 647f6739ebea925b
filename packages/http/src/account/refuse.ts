/** A refusal as its reader takes it: problem+json for a script, a page for a person. */
import { problem } from '../errors.ts'
import { type HouseContext, pathBelowIssuer } from '../house.ts'
import { errorPage } from '../page.ts'

export async function refuse(error: Error, c: HouseContext): Promise<Response> {
  const isApi = pathBelowIssuer(c.req.raw, { env: c.env }).startsWith('/api/')
  return isApi ? problem(error, c) : errorPage(error, c)
}
