/** The UserInfo endpoint: OpenID Connect Core 1.0 section 5.3; the token as RFC 6750 sections 2.1 and 2.2 have it, never in the address (section 2.3). */
import { IamError } from '@gatehouse/core/error.ts'
import { parseFormParameters } from '@gatehouse/core/parameters.ts'
import { bearerTokenOf } from '@gatehouse/identity/bearer.ts'
import { loadUserinfo } from '@gatehouse/identity/userinfo.ts'
import { readForm } from '../form.ts'
import type { HouseContext } from '../house.ts'
import { allowApplicationOrigin } from './cross_origin.ts'
import { privateJson } from './json_answer.ts'

export async function userinfo(c: HouseContext): Promise<Response> {
  const { here } = c.env
  const { claims, clientId } = await loadUserinfo(here, await readAccessToken(c))
  return allowApplicationOrigin(c, await here.configuration.findApplication(clientId), privateJson(claims))
}

/** RFC 6750 section 2: one way only. */
async function readAccessToken(c: HouseContext): Promise<string> {
  const inHeader = bearerTokenOf(c.req.header('authorization'))
  const isForm = c.req.method === 'POST' && c.req.header('content-type') !== undefined
  const inForm = isForm ? parseFormParameters(await readForm(c)).get('access_token') : undefined
  if (inHeader !== undefined && inForm !== undefined) throw new IamError('invalid_request', 'the access token came in two ways')
  const token = inHeader ?? inForm
  if (token === undefined) throw new IamError('unauthenticated', 'an access token is needed: Authorization: Bearer ...')
  return token
}
