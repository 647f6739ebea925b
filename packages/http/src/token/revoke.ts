/** The revocation endpoint: RFC 7009 section 2. */
import { revokeToken } from '@gatehouse/identity/revocation.ts'
import { forClient } from './client_request.ts'

export const revoke = forClient(async (here, application, parameters) => {
  await revokeToken(here, application, parameters)
  return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } })
})
