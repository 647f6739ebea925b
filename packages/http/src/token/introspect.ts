/** The introspection endpoint: RFC 7662 section 2. */
import { introspect } from '@gatehouse/identity/introspection.ts'
import { forClient } from './client_request.ts'
import { privateJson } from './json_answer.ts'

export const introspectToken = forClient(async (here, application, parameters) =>
  privateJson(await introspect(here, application, parameters)),
)
