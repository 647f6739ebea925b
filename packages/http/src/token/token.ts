/** The token endpoint: RFC 6749 section 3.2. */
import { findGrant } from '@gatehouse/identity/grants/grants.ts'
import { forClient } from './client_request.ts'
import { privateJson } from './json_answer.ts'

export const issueToken = forClient(async (here, application, parameters) => {
  const grant = findGrant(application, parameters)
  return privateJson(await grant(here, application, parameters))
})
