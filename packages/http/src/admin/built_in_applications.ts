/** The applications that every tenant is made with. They belong to the house: the management API shows them and does not change them. */
import { PERMISSIONS } from '@gatehouse/core/permissions.ts'
import { applicationSchema } from './schema/application.ts'

export const COMMAND_LINE_CLIENT_ID = 'gatehouse-cli'
export const PLATFORM_CLIENT_ID = 'gatehouse-platform'

export function isBuiltInApplication(clientId: string): boolean {
  return clientId === COMMAND_LINE_CLIENT_ID || clientId === PLATFORM_CLIENT_ID
}

/** RFC 8252: a public native application on a loopback redirect; first-party, so it asks for no consent. */
export const COMMAND_LINE = applicationSchema.parse({
  client_id: COMMAND_LINE_CLIENT_ID,
  client_name: 'Gatehouse command line',
  application_type: 'native',
  redirect_uris: ['http://127.0.0.1/callback'],
  grant_types: ['authorization_code', 'refresh_token'],
  token_endpoint_auth_method: 'none',
  scope: ['openid', 'offline_access', ...Object.keys(PERMISSIONS)].join(' '),
  gatehouse_skip_consent: true,
})

/** The platform's administrators, as they act within the tenant: it has no secret and no redirect, so nobody else can be it. */
export const PLATFORM = applicationSchema.parse({
  client_id: PLATFORM_CLIENT_ID,
  client_name: 'Platform administration',
  grant_types: [],
  scope: '',
})
